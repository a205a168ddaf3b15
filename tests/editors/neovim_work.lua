-- Works on the open log as its user does: completes a key, goes to a task and gives it another id, writes an entry.
-- Writes to $REPORT, as JSON, what it saw. Runs in Neovim 0.7 and newer.
local PATIENCE = 8000

local function wait_for(what, condition)
  assert(vim.wait(PATIENCE, condition, 10), "waited in vain for " .. what)
end

local function client()
  return (vim.lsp.get_clients or vim.lsp.get_active_clients)()[1]
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
end

local function go_to(words)
  assert(vim.fn.search(words, "cw") > 0, words .. " is not in " .. vim.fn.expand("%"))
end

--- The completions at the cursor, as the popup menu would show them; takes the one with a label.
local function complete(label)
  local encoding = client().offset_encoding
  local params = vim.lsp.util.make_position_params(0, encoding)
  local answers = assert(vim.lsp.buf_request_sync(0, "textDocument/completion", params, PATIENCE))
  local _, answer = next(answers)
  local labels = {}
  for _, item in ipairs(answer.result.items or answer.result) do
    table.insert(labels, item.label)
    if item.label == label then
      vim.lsp.util.apply_text_edits({ item.textEdit }, vim.api.nvim_get_current_buf(), encoding)
    end
  end
  return labels
end

local report = { editor = vim.fn.execute("version"):match("NVIM %S+") }
local well, fault = pcall(function()
  wait_for("the server", function() return client() and client().server_capabilities.completionProvider end)
  local log = vim.api.nvim_get_current_buf()

  go_to("^title")
  vim.api.nvim_put({ "coord" }, "l", true, false)
  go_to("^coord")
  vim.api.nvim_win_set_cursor(0, { vim.fn.line("."), 4 })
  vim.cmd("startinsert!")
  vim.api.nvim_win_set_cursor(0, { vim.fn.line("."), 5 })
  report.completed = complete("coordinator")
  vim.cmd("stopinsert")
  report.line = vim.fn.getline(".")

  go_to("TASK-OVEN")
  vim.lsp.buf.definition()
  wait_for("the task", function() return vim.api.nvim_get_current_buf() ~= log end)
  report.gone_to = vim.fn.fnamemodify(vim.fn.expand("%"), ":t")
  go_to("TASK-OVEN")
  vim.lsp.buf.rename("TASK-OVEN-20250605-040000")
  wait_for("the other id", function()
    return table.concat(vim.api.nvim_buf_get_lines(log, 0, -1, false), "\n"):find("TASK-OVEN-20250605-040000", 1, true)
  end)

  vim.api.nvim_set_current_buf(log)
  local verb = { command = "mdtm.log.insert", arguments = { { text = "Kneaded 🥐", uri = vim.uri_from_bufnr(log) } } }
  vim.lsp.buf_request(log, "workspace/executeCommand", verb, function() end)
  wait_for("the entry", function() return text():find("Kneaded 🥐", 1, true) end)
  vim.cmd("silent wall")
end)
report.fault = not well and tostring(fault) or nil
vim.fn.writefile({ vim.fn.json_encode(report) }, vim.env.REPORT)
vim.cmd("qall!")
