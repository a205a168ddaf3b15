(defun mdtm-file-p (&optional file &rest _)
  "Whether FILE is one that mdtm checks; other Markdown is left alone."
  (let ((file (or file buffer-file-name "")))
    (string-match-p (concat "/session_log\\.md\\'"
                            "\\|/\\.\\(?:ruru\\|roo\\|mdtm\\|workflow\\|tasks\\|roopm\\|bmad-core\\)/.*\\.md\\'")
                    file)))
(with-eval-after-load 'lsp-mode
  (lsp-register-client
   (make-lsp-client :new-connection (lsp-stdio-connection '("mdtm" "lsp"))
                    :activation-fn #'mdtm-file-p
                    :server-id 'mdtm
                    :add-on? t)))
(add-hook 'markdown-mode-hook (lambda () (when (mdtm-file-p) (lsp-deferred))))
