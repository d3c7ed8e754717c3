/** Whether a text is an origin to the letter, as browsers send it: `*` is none, for it would let every page of the world call in. */
export const isOrigin = (text: string): boolean =>
  /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;

/** Whether a text is an address to which a path can be added. It may have a path itself, as behind a proxy, but no slash at its end. */
export const isPublicUrl = (text: string): boolean => {
  if (!/^https?:/.test(text) || !URL.canParse(text)) return false;
  const { origin, pathname } = new URL(text);
  return text === (pathname === '/' ? origin : `${origin}${pathname}`) && !text.endsWith('/');
};

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Whether what is sent to an address can be read by nobody on the way: https, or http that does not leave this machine. No user stands in it. */
export const isSafeAddress = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
};
