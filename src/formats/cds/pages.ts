import { isJsonObject, type JsonObject, type JsonValue } from '../../values/json.js';
import { hasNextPage } from '../fhir/bundle.js';
import { isList, itemsOf, textOf, typeOf } from './members.js';

/** Whether what came is a page of the result of a search. */
export const isPage = (value: JsonValue): value is JsonObject => {
  if (!isJsonObject(value) || typeOf(value) !== 'Bundle') return false;
  const { entry = [] } = value;
  return textOf(value, 'type') === 'searchset' && isList(entry);
};

/** An encoded slash, by which a server might leave the path that was looked at. */
const HIDDEN_STEP = /%2f|%5c/i;

const isWithin = ({ origin, pathname, username, password }: URL, base: string): boolean => {
  const within = new URL(base);
  const path = within.pathname.replace(/\/$/, '');
  return (
    origin === within.origin &&
    username === '' &&
    password === '' &&
    (pathname === path || pathname.startsWith(`${path}/`)) &&
    !HIDDEN_STEP.test(pathname)
  );
};

/**
 * The address of the page after this one; null where there is none, or none that may be asked.
 * @param base the address of the server, without a slash at its end: a link that leads out of it is never followed, for the token goes where the link leads
 */
export const nextPage = (page: JsonObject, base: string): string | null => {
  const [link, ...others] = itemsOf(page, 'link').filter((one) => textOf(one, 'relation') === 'next');
  const url = link === undefined ? null : textOf(link, 'url');
  if (url === null || others.length > 0 || !URL.canParse(url, `${base}/`)) return null;
  const address = new URL(url, `${base}/`);
  return isWithin(address, base) ? address.href : null;
};

/** The greatest total that any page tells; one that cannot be read stays as it is, for it may be greater. Undefined where none tells any. */
const totalOf = (pages: readonly JsonObject[]): JsonValue | undefined => {
  const totals = pages.filter((page) => Object.hasOwn(page, 'total')).map(({ total = null }) => total);
  const numbers = totals.filter((total) => typeof total === 'number');
  if (numbers.length < totals.length) return totals.find((total) => typeof total !== 'number');
  return numbers.length === 0 ? undefined : Math.max(...numbers);
};

/**
 * The pages of one result as one.
 * INVARIANT: it says that it goes on unless the last page says that it does not, and its total is the greatest that any page tells: what was not read is never
 * taken for absent.
 */
export const joinPages = (first: JsonObject, others: readonly JsonObject[]): JsonObject => {
  const pages = [first, ...others];
  const last = others.at(-1) ?? first;
  const total = totalOf(pages);
  return {
    ...Object.fromEntries(Object.entries(first).filter(([key]) => key !== 'link')),
    ...(total === undefined ? {} : { total }),
    ...(hasNextPage(last) ? { link: [{ relation: 'next' }] } : {}),
    entry: pages.flatMap((page) => itemsOf(page, 'entry')),
  };
};
