import { useMemo, useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { useLanguage } from '../language.js';
import { Dialog } from '../parts/dialog.js';
import { Tilde } from '../parts/icons.js';
import { ShellContext } from '../shell.js';
import { Help } from './help.js';
import { Palette } from './palette.js';
import { Rail } from './rail.js';
import { useKeys } from './use-keys.js';

type Open = 'rail' | 'palette' | 'help' | null;

/** The rail at the left, or behind the page title when narrow; the palette and the help above all. */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useLanguage();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  useKeys({ palette: () => setOpen('palette'), help: () => setOpen('help') });
  const shell = useMemo(() => ({ openRail: () => setOpen('rail') }), []);
  return (
    <ShellContext value={shell}>
      <a className="skip" href="#content">
        {t({ pt: 'Pular para o conteúdo', en: 'Skip to the content' })}
      </a>
      <aside className="rail wide-only">
        <Rail openPalette={() => setOpen('palette')} />
      </aside>
      <main id="content" className="content">
        <Link href="/" className="narrow-only corner-mark" aria-label="Tino">
          <Tilde />
        </Link>
        {children}
      </main>
      <Dialog title="Tino" open={open === 'rail'} onClose={close} look="sheet">
        <Rail openPalette={() => setOpen('palette')} close={close} />
      </Dialog>
      <Dialog
        title={t({ pt: 'Ir para', en: 'Go to' })}
        open={open === 'palette'}
        onClose={close}
        look="palette"
      >
        <Palette close={close} />
      </Dialog>
      <Dialog title={t({ pt: 'Teclado', en: 'Keyboard' })} open={open === 'help'} onClose={close}>
        <Help />
      </Dialog>
    </ShellContext>
  );
}
