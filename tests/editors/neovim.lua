-- Works on the open file as its user does: looks at the findings, applies the cure of the last one, saves.
-- Writes to $REPORT, as JSON, what it saw. Runs in Neovim 0.7 and newer.
local PATIENCE = 8000

local function found()
  local rows = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do
    local line = vim.fn.getline(one.lnum + 1)
    -- Neovim counts columns in bytes; strchars counts the code points before one.
    table.insert(rows, { one.lnum + 1, vim.fn.strchars(line:sub(1, one.col)) + 1, one.message })
  end
  table.sort(rows, function(a, b) return a[1] < b[1] end)
  return rows
end

local function wait_for(what, condition)
  assert(vim.wait(PATIENCE, condition, 10), "waited in vain for " .. what)
end

local report = { editor = vim.fn.execute("version"):match("NVIM %S+") }
local well, fault = pcall(function()
  wait_for("a finding", function() return #vim.diagnostic.get(0) > 0 end)
  report.found = found()
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  if vim.diagnostic.jump then
    vim.diagnostic.jump({ count = -1, float = false })
  else
    vim.diagnostic.goto_prev({ float = false })
  end
  -- The menu of the code actions: its user takes the first.
  vim.ui.select = function(items, options, choose)
    report.offered = vim.tbl_map(options.format_item, items)
    choose(items[1], 1)
  end
  vim.lsp.buf.code_action()
  wait_for("the cure", function() return #vim.diagnostic.get(0) < #report.found end)
  vim.cmd("silent write")
  report.left = found()
end)
report.fault = not well and tostring(fault) or nil
vim.fn.writefile({ vim.fn.json_encode(report) }, vim.env.REPORT)
vim.cmd("qall!")
