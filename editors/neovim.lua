local ours = vim.regex([[\v/(session_log\.md|workflow-session\.json|\.mdtm\.toml|pyproject\.toml)$]]
  .. [[|/\.(ruru|roo|mdtm|workflow|tasks|roopm|bmad-core)/.*\.md$]])

vim.lsp.config("mdtm", {
  cmd = { "mdtm", "lsp" },
  filetypes = { "markdown", "json", "toml" },
  root_dir = function(buffer, on_dir)
    -- Other files are left alone: without a call of on_dir the server is not attached.
    if ours:match_str(vim.fs.normalize(vim.api.nvim_buf_get_name(buffer))) then
      on_dir(vim.fs.root(buffer, { ".mdtm.toml", ".ruru", ".roo", ".mdtm", ".workflow", ".git" }))
    end
  end,
})
vim.lsp.enable("mdtm")
