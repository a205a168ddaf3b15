;;; emacs.el --- Works on a file as its user does, in batch mode.  -*- lexical-binding: t -*-
;; Looks at the findings, applies the cure of the last one, saves.
;; Writes to $REPORT, as JSON, what it saw.
;; Arguments: the set-up under test, and the file.

(require 'cl-lib)
(require 'json)
(package-activate-all) ; as Emacs does for its user before the init file

(defun found ()
  (mapcar (lambda (one)
            (save-excursion
              (goto-char (flymake-diagnostic-beg one))
              (vector (line-number-at-pos) (1+ (- (point) (line-beginning-position))) (flymake-diagnostic-text one))))
          (sort (flymake-diagnostics)
                (lambda (a b) (< (flymake-diagnostic-beg a) (flymake-diagnostic-beg b))))))

(defun wait-for (what condition)
  (let ((end (+ (float-time) 8)))
    (while (not (funcall condition))
      (when (> (float-time) end) (error "waited in vain for %s" what))
      (accept-process-output nil 0.01))))

(let ((setup (nth 0 command-line-args-left))
      (file (nth 1 command-line-args-left))
      (report (list (cons 'editor (format "Emacs %s" emacs-version)))))
  (setq command-line-args-left nil)
  (condition-case fault
      (progn
        (load setup nil t)
        (find-file file)
        (run-hooks 'post-command-hook) ; batch mode has no commands; eglot-ensure connects after one
        (wait-for "a finding" #'flymake-diagnostics)
        (let ((first (found)))
          (push (cons 'found first) report)
          (goto-char (point-max))
          (flymake-goto-prev-error nil nil t)
          ;; The menu of the code actions: its user takes the first. (eglot-code-action-quickfix of 1.9 does nothing.)
          (cl-letf (((symbol-function 'completing-read)
                     (lambda (_prompt actions &rest _)
                       (push (cons 'offered (vconcat (mapcar #'car actions))) report)
                       (caar actions)))
                    (last-nonmenu-event ?\r)) ; a key: after a mouse click the menu would be one to click on
            (call-interactively #'eglot-code-actions))
          (eglot--signal-textDocument/didChange) ; this and flymake-start wait for idle time: batch mode has none
          (wait-for "the cure" (lambda () (flymake-start) (< (length (flymake-diagnostics)) (length first)))))
        (save-buffer)
        (push (cons 'left (found)) report)
        (eglot-shutdown (eglot-current-server)))
    (error (push (cons 'fault (format "%S" fault)) report)))
  (let ((coding-system-for-write 'utf-8))
    (write-region (json-encode report) nil (getenv "REPORT") nil 'quiet)))
