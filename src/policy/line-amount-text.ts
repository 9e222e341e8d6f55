/** How many lines came and went, beside a name. Pure. */

/** `+2 −1`, or `AI +2 −1` with a word before it; empty when both are 0. */
export function amountText(added: number, removed: number, who = ''): string {
  const amounts = [added > 0 ? `+${String(added)}` : '', removed > 0 ? `−${String(removed)}` : ''];
  const text = amounts.filter((amount) => amount !== '').join(' ');
  return text === '' || who === '' ? text : `${who} ${text}`;
}
