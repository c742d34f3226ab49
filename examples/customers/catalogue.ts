/** Stock code, description as the shop writes it (trailing blanks are theirs), price in R$. */
export const catalogue: [code: string, description: string, price: number][] = [
  ['85123A', 'WHITE HANGING HEART T-LIGHT HOLDER', 2.55],
  ['71053', 'WHITE METAL LANTERN', 3.39],
  ['84406B', 'CREAM CUPID HEARTS COAT HANGER', 2.75],
  ['22423', 'REGENCY CAKESTAND 3 TIER', 12.75],
  ['47566', 'PARTY BUNTING', 4.95],
  ['84879', 'ASSORTED COLOUR BIRD ORNAMENT', 1.69],
  ['20725', 'LUNCH BAG RED RETROSPOT', 1.65],
  ['22720', 'SET OF 3 CAKE TINS PANTRY DESIGN ', 4.95],
  ['21212', 'PACK OF 72 RETROSPOT CAKE CASES', 0.55],
  ['22383', 'LUNCH BAG SUKI  DESIGN ', 1.65],
  ['22457', 'NATURAL SLATE HEART CHALKBOARD ', 2.95],
  ['23084', 'RABBIT NIGHT LIGHT', 2.08],
  ['22086', "PAPER CHAIN KIT 50'S CHRISTMAS ", 2.95],
  ['22910', 'PAPER CHAIN KIT VINTAGE CHRISTMAS', 2.95],
  ['21915', 'RED  HARMONICA IN BOX ', 1.25],
  ['22138', 'BAKING SET 9 PIECE RETROSPOT ', 4.95],
  ['21754', 'HOME BUILDING BLOCK WORD', 5.95],
  ['48187', 'DOORMAT NEW ENGLAND', 7.95],
  ['22846', 'BREAD BIN DINER STYLE RED ', 16.95],
  ['21137', 'BLACK RECORD COVER FRAME', 3.75],
  ['22197', 'SMALL POPCORN HOLDER', 0.85],
  ['22629', 'SPACEBOY LUNCH BOX ', 1.95],
  ['21080', 'SET/20 RED RETROSPOT PAPER NAPKINS ', 0.85],
  ['22112', 'CHOCOLATE HOT WATER BOTTLE', 4.95],
];

/** A row that is not goods: stock codes of letters alone are services. */
export const carriage: [code: string, description: string, price: number] = ['POST', 'POSTAGE', 18];
