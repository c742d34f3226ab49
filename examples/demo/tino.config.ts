import { defineWorkspace } from '@tino/system';

export default defineWorkspace({
  name: 'demo',
  title: { pt: 'Cinco negócios', en: 'Five businesses' },
  zone: 'America/Sao_Paulo',
  language: 'pt',
  currency: 'BRL',
  include: ['../retail', '../restaurant', '../olist', '../customers', '../houses'],
});
