;;; emacs_work.el --- Works on a file as its user does, in batch mode.  -*- lexical-binding: t -*-
;; Completes a key, goes to a task and gives it another id, writes an entry, saves all.
;; Writes to $REPORT, as JSON, what it saw.
;; Arguments: the set-up under test, and the file.

(require 'cl-lib)
(require 'json)
(package-activate-all) ; as Emacs does for its user before the init file

(defun wait-for (what condition)
  (let ((end (+ (float-time) 8)))
    (while (not (funcall condition))
      (when (> (float-time) end) (error "waited in vain for %s" what))
      (accept-process-output nil 0.01))))

(defun go-to (words)
  (goto-char (point-min))
  (search-forward words))

(let ((setup (nth 0 command-line-args-left))
      (file (nth 1 command-line-args-left))
      (report (list (cons 'editor (format "Emacs %s" emacs-version)))))
  (setq command-line-args-left nil)
  (condition-case fault
      (let (log)
        (load setup nil t)
        (setq eglot-confirm-server-initiated-edits nil) ; its user says yes
        (find-file file)
        (setq log (current-buffer))
        (run-hooks 'post-command-hook) ; batch mode has no commands; eglot-ensure connects after one
        (wait-for "the server" #'eglot-current-server)

        (go-to "title")
        (forward-line 1)
        (insert "coordi\n")
        (backward-char 1)
        (eglot--signal-textDocument/didChange) ; this waits for idle time, which batch mode has none of
        (completion-at-point)
        (push (cons 'line (buffer-substring-no-properties (line-beginning-position) (line-end-position))) report)

        (go-to "TASK-OVEN")
        (eglot--signal-textDocument/didChange)
        (call-interactively #'xref-find-definitions)
        (push (cons 'gone_to (file-name-nondirectory buffer-file-name)) report)
        (go-to "TASK-OVEN")
        (eglot-rename "TASK-OVEN-20250605-040000")

        (with-current-buffer log
          (eglot--signal-textDocument/didChange)
          (eglot-execute-command (eglot-current-server) 'mdtm.log.insert
                                 (vector (list :text "Kneaded 🥐" :uri (eglot--path-to-uri buffer-file-name))))
          (wait-for "the entry" (lambda () (go-to "## Log") (search-forward "Kneaded 🥐" nil t))))
        (save-some-buffers t)
        (eglot-shutdown (eglot-current-server)))
    (error (push (cons 'fault (format "%S" fault)) report)))
  (let ((coding-system-for-write 'utf-8))
    (write-region (json-encode report) nil (getenv "REPORT") nil 'quiet)))
