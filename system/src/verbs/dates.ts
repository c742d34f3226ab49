/** Local date of a moment, "YYYY-MM-DD". */
export const localDate = (moment: Date, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(moment);

export const yesterday = (moment: Date, zone: string): string =>
  localDate(new Date(moment.getTime() - 86_400_000), zone);
