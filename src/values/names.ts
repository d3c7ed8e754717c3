/** The organisation of entries that belong to no client: no organisation of clients may be taken for it. */
const RESERVED = 'service';

/** Whether a text can name a client or an issuer: a word of letters, digits, dots and dashes. */
export const isName = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text);

/** Whether a text can name an organisation of clients. */
export const isOrganisation = (text: string): boolean => isName(text) && text !== RESERVED;
