import { useEffect, useId, useRef, type ReactNode } from 'react';

/** The native modal: focus stays inside, Escape closes. `sheet` fills the height (narrow rail). */
export function Dialog({
  title,
  open,
  onClose,
  look = 'box',
  children,
}: {
  title: string;
  open: boolean;
  onClose(): void;
  look?: 'box' | 'sheet' | 'palette';
  children: ReactNode;
}) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = element.current;
    if (open && dialog && !dialog.open) dialog.showModal();
    if (!open && dialog?.open) dialog.close();
  }, [open]);
  // A press on the backdrop has the dialog itself as its target.
  const dismiss = (target: EventTarget) => target === element.current && onClose();
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events
    <dialog
      ref={element}
      className={`dialog dialog-${look}`}
      aria-labelledby={heading}
      onClose={onClose}
      onClick={({ target }) => dismiss(target)}
    >
      <div className="dialog-inside">
        <h2 id={heading} className={look === 'box' ? 'dialog-title' : 'hidden'}>
          {title}
        </h2>
        {open && children}
      </div>
    </dialog>
  );
}
