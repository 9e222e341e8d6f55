/**
 * Charts and pages for people: pictures (SVG) rendered where the data is, with tables behind them, and one
 * self-contained page without scripts. Pure: it draws what it is given.
 */
export { bars } from './bars';
export { columns } from './columns';
export { escaped, html, Html, raw, type Part } from './html';
export { lines } from './lines';
export { numberText } from './numbers';
export { figure, page, tiles, type Figure, type Page, type Tile } from './page';
export { table, tableOf, type Column, type Table } from './table';
export { COLORS, type Chart, type Color, type Series, type Unit } from './types';
