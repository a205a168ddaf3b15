local client
vim.api.nvim_create_autocmd({ "BufReadPost", "BufNewFile" }, {
  pattern = {
    "session_log.md", "workflow-session.json", ".mdtm.toml", "pyproject.toml",
    "*/.{ruru,roo,mdtm,workflow,tasks,roopm,bmad-core}/*.md",
  },
  callback = function(event)
    if not (client and vim.lsp.get_client_by_id(client)) then
      client = vim.lsp.start_client({ name = "mdtm", cmd = { "mdtm", "lsp" }, root_dir = vim.fn.getcwd() })
    end
    if client then
      vim.lsp.buf_attach_client(event.buf, client)
    end
  end,
})
