/** Which list a number is of: that of CDS Hooks 2.0, or that of the contexts of its hooks (the library). */
type ListName = 'cds-hooks' | 'library';

/** How much a requirement asks. `DEPRECATED` is said by the list of what it no longer counts. */
export const STRENGTHS = ['SHALL', 'SHALL NOT', 'SHOULD', 'SHOULD NOT', 'MAY', 'DEPRECATED'] as const;

/** How much a requirement asks. */
export type Strength = (typeof STRENGTHS)[number];

/** A requirement, as the public list numbers it. */
export type Listed = { readonly id: string; readonly strength: Strength; readonly bindsService: boolean };

type Block = {
  readonly list: ListName;
  readonly strength: Strength;
  readonly service: string;
  readonly client: string;
};

/** Every number, by strength and by whom it binds; what binds both stands with the service. */
const BLOCKS: readonly Block[] = [
  {
    list: 'cds-hooks',
    strength: 'SHALL',
    service:
      '1, 2, 4-7, 9, 10, 13, 16, 29, 36, 54-57, 59, 61, 74, 80, 83, 85, 87-90, 92, 93, 95, 96, 98, 100, 103, 105, 107, 111, 115, 117, 119, 121, 124, 125, 127, 128, 130-136, 138, 139, 141, 142, 144, 168, 176, 199, 208, 211, 213, 214, 216-219',
    client:
      '15, 18-20, 22, 25, 30, 42, 45, 47, 51, 53, 63-70, 79, 97, 151-159, 161-163, 165, 166, 172-174, 178, 180-185, 187, 189-192, 196, 197',
  },
  {
    list: 'cds-hooks',
    strength: 'SHALL NOT',
    service: '3, 147, 201, 203',
    client: '46, 49, 164, 202',
  },
  {
    list: 'cds-hooks',
    strength: 'SHOULD',
    service: '8, 27, 34, 52, 58, 77, 78, 110, 112, 146, 177, 195, 200, 205, 206, 212, 215',
    client: '26, 50, 71-73, 91, 101, 126, 143, 149, 150, 169, 170, 204, 209',
  },
  { list: 'cds-hooks', strength: 'SHOULD NOT', service: '109', client: '' },
  {
    list: 'cds-hooks',
    strength: 'MAY',
    service:
      '11, 12, 14, 28, 35, 60, 75, 76, 81, 82, 84, 94, 99, 104, 106, 108, 113, 116, 118, 120, 122, 123, 129, 140, 145, 148, 175, 179, 210, 220',
    client: '17, 21, 23, 32, 37-41, 43, 44, 48, 86, 102, 114, 137, 160, 167, 171, 186, 188, 193, 194, 198',
  },
  { list: 'cds-hooks', strength: 'DEPRECATED', service: '207', client: '24, 31, 33, 62' },
  // Of the library the hooks that are served (order-sign 1-16, order-select 74-93), and what of the others binds a service.
  {
    list: 'library',
    strength: 'SHALL',
    service: '',
    client: '1-3, 5-7, 10, 11, 13-15, 74-76, 78-80, 83, 84, 87, 88, 90-92',
  },
  { list: 'library', strength: 'SHALL NOT', service: '16, 32, 73, 89, 93', client: '' },
  {
    list: 'library',
    strength: 'MAY',
    service: '4, 8, 12, 20, 24, 28, 36, 40, 44, 48, 52, 56, 60, 64, 68, 77, 81, 85',
    client: '9, 82, 86',
  },
];

const spread = (part: string): readonly number[] => {
  const [from = '', to = from] = part.split('-');
  const count = Number(to) - Number(from) + 1;
  return Array.from({ length: count }, (_none, index) => Number(from) + index);
};

const numbersIn = (text: string): readonly number[] =>
  text === '' ? [] : text.split(', ').flatMap((part) => spread(part));

const idsOf = (list: ListName, text: string): readonly string[] =>
  numbersIn(text).map((number) => (list === 'library' ? `library ${number}` : String(number)));

/** The ids that a row names: `4-6, 13`, or `library 16, 89`. */
export const idsIn = (text: string): readonly string[] =>
  text.startsWith('library ') ? idsOf('library', text.slice('library '.length)) : idsOf('cds-hooks', text);

/** Every requirement of the public list that is looked at: those of CDS Hooks 2.0, and of the library those that are about hooks that are served or that bind a service. */
export const LISTED: readonly Listed[] = BLOCKS.flatMap(({ list, strength, service, client }) => [
  ...idsOf(list, service).map((id) => ({ id, strength, bindsService: true })),
  ...idsOf(list, client).map((id) => ({ id, strength, bindsService: false })),
]);

const byId = new Map(LISTED.map((listed) => [listed.id, listed]));

/** The requirement of an id. @throws Error where there is none: a row must not name what is not there */
export const listedOf = (id: string): Listed => {
  const listed = byId.get(id);
  if (listed === undefined) throw new Error(`no requirement has the number ${id}`);
  return listed;
};

/** The numbers of CDS Hooks 2.0 that bind clients alone and of which a service sees nothing. */
export const UNSEEN =
  '17, 24-26, 31-33, 38-47, 62-73, 86, 91, 97, 101, 102, 114, 126, 137, 143, 149, 150, 163, 164, 169-174, 180, 188, 197, 198, 204, 209';
