/** What Markdown or HTML would read as more than a sign. */
const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Joins two signs without a space or a break, and shows nothing. */
const JOINER = '\u2060';

/**
 * Text from elsewhere as GitHub-flavoured Markdown that shows it as it is: no HTML, no emphasis, no list, no table, no link. Line breaks and signs that turn the
 * direction of writing become spaces, and addresses are parted by a sign that nobody sees, because renderers make links of them by themselves.
 */
export const escaped = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\s]+/gu, ' ')
    .trim()
    .replace(/[&<>]/g, (sign) => SIGNS[sign] ?? sign)
    .replace(/[\\`*_[\]#|~!$]/g, (sign) => `\\${sign}`)
    .replace(/^([-+]|\d+[.)])/, (start) => `${start.slice(0, -1)}\\${start.slice(-1)}`)
    .replace(/:(?=\/\/)/g, `:${JOINER}`)
    .replace(/\bwww\./gi, (start) => `${start.slice(0, -1)}${JOINER}.`)
    .replaceAll('@', `@${JOINER}`);

/** Text that is shown as a code: a name of the service's own. */
export const coded = (text: string): string => `\`${text.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;
