import { useState } from 'react';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';

/** The address carries the filters, so that a link shows what is on screen. */
export function CopyLink() {
  const { t } = useLanguage();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(location.href);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <Button look="quiet" className="wide-only" onClick={() => void copy()}>
      {copied
        ? t({ pt: 'Link copiado', en: 'Link copied' })
        : t({ pt: 'Copiar link', en: 'Copy link' })}
    </Button>
  );
}
