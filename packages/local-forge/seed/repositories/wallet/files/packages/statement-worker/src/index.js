/** A month's statement as text: opening balance, lines, closing balance. */
export function statement({ user, month, opening, lines }) {
  const money = amount => (amount / 100).toFixed(2).padStart(12);
  let balance = opening;
  const rows = [...lines]
    .filter(({ date }) => date.startsWith(month))
    .sort((a, b) => a.date.localeCompare(b.date))
    .map(({ date, text, amount }) => {
      balance += amount;
      return `${date}  ${text.slice(0, 30).padEnd(30)}${money(amount)}${money(balance)}`;
    });
  return [
    `Statement for ${user}, ${month}`,
    `${'Opening balance'.padEnd(54)}${money(opening)}`,
    ...rows,
    `${'Closing balance'.padEnd(54)}${money(balance)}`,
  ].join('\n');
}
