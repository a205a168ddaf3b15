(define-derived-mode mdtm-mode markdown-mode "MDTM"
  "Markdown that mdtm checks; other Markdown keeps the server that it has.")
(dolist (file '("/session_log\\.md\\'"
                "/\\.\\(?:ruru\\|roo\\|mdtm\\|workflow\\|tasks\\|roopm\\|bmad-core\\)/.*\\.md\\'"))
  (add-to-list 'auto-mode-alist (cons file 'mdtm-mode)))
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '((mdtm-mode :language-id "markdown") "mdtm" "lsp")))
(add-hook 'mdtm-mode-hook #'eglot-ensure)
