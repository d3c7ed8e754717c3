import { isJsonObject, type JsonObject } from '../../values/json.js';
import type { CodeListFact } from '../../rules/fact.js';
import { isCode } from '../intake/code-list.js';
import { readSentFact } from '../intake/read-facts.js';
import { joinRead, NOTHING_READ, type ClaimsRead } from './claim.js';
import { textOf } from './elements.js';
import { formItem, isSameCode, type FormItem } from './form-items.js';
import { codeOf, valueIn, type OneAnswer } from './response-answer.js';
import { factOfAnswer } from './response-fact.js';
import type { Answer } from './response-items.js';
import { answerTo, claimOf, remarkOf, unknownOf, unreadableAt, type FactOf } from './response.js';

/** What one answer names in a list: an option, a code that the dictionary cannot place, words without a code, or nothing that can be read. */
type Named =
  { readonly kind: 'option' | 'unplaced'; readonly code: string } | { readonly kind: 'words' | 'unreadable' };

type Member = Named & { readonly pointer: string };

/**
 * A code that is no option, as a native intake would name it. One of another system is named with its system (`system|code`), so that it is
 * never taken for the option that has the same code.
 */
const unplacedCode = (system: string, code: string, { options }: FormItem): string => {
  const isOwn = options.some((one) => one.system === system) && !options.some((one) => one.code === code);
  return isOwn ? code : `${system}|${code}`;
};

const namedByCoding = (coding: JsonObject, item: FormItem): Named => {
  const code = textOf(coding, 'code') ?? '';
  const named = unplacedCode(textOf(coding, 'system') ?? '', code, item);
  return code !== '' && isCode(named) ? { kind: 'unplaced', code: named } : { kind: 'words' };
};

const namedInOpen = (answer: Answer, item: FormItem): Named => {
  if (typeof valueIn(answer, 'valueString') === 'string') return { kind: 'words' };
  const coding = valueIn(answer, 'valueCoding');
  return isJsonObject(coding) ? namedByCoding(coding, item) : { kind: 'unreadable' };
};

const namedBy = (answer: Answer, item: FormItem): Named => {
  const code = codeOf(answer);
  if (code !== null && item.options.some((option) => isSameCode(option, code)))
    return { kind: 'option', code: code.code };
  return item.type === 'open-choice' ? namedInOpen(answer, item) : { kind: 'unreadable' };
};

/** What is to be said of an answer that names no option. A code goes to `unmapped`; words go nowhere, because they may name a person. */
const remarkOn = ({ kind, pointer }: Member): ClaimsRead => {
  switch (kind) {
    case 'option':
      return NOTHING_READ;
    case 'unplaced':
      return remarkOf(
        pointer,
        'unplaced-code',
        'a code that this version cannot place: the list counts as incomplete',
      );
    case 'words':
      return remarkOf(pointer, 'uncoded', 'words without a code: the list counts as incomplete');
    case 'unreadable':
      return unreadableAt(pointer);
  }
};

/** An empty list tells what the answer about the whole list says: that there is nothing, that something is left out, or why it is unknown. */
const emptyList = (about: FactOf<CodeListFact>, whole: OneAnswer | null): ClaimsRead =>
  factOfAnswer(
    about,
    whole === null || 'fault' in whole || typeof whole.native !== 'boolean'
      ? whole
      : { native: { codes: [], complete: whole.native }, pointer: whole.pointer },
  );

/** Whether the list is said to be whole, and all of it could be read. */
const isWhole = (whole: OneAnswer | null, members: readonly Member[]): boolean =>
  whole !== null &&
  'native' in whole &&
  whole.native === true &&
  members.every(({ kind }) => kind === 'option' || kind === 'unplaced');

type Listed = { readonly members: readonly Member[]; readonly complete: boolean; readonly pointer: string };

const listOfMembers = (
  { fact, response }: FactOf<CodeListFact>,
  { members, complete, pointer }: Listed,
): ClaimsRead => {
  const codes = members.flatMap((member) => ('code' in member ? [member.code] : []));
  const isLost = members.every(({ kind }) => kind === 'unreadable');
  const place = { fact, asOf: response.asOf, pointer };
  const read = isLost ? null : readSentFact({ codes, complete }, place).value;
  return read === null
    ? joinRead([unknownOf(fact, 'unreadable', pointer), ...(isLost ? [] : [unreadableAt(pointer)])])
    : { ...claimOf(fact, read.value, pointer), unmapped: read.unmapped ?? [] };
};

/**
 * Reads a list out of a response. An answer that cannot be read leaves the list incomplete, and takes nothing away from the options that were
 * chosen beside it: what is known and adverse stays. Where nothing was chosen that can be read, the list is unknown.
 */
export const listInResponse = (about: FactOf<CodeListFact>): ClaimsRead => {
  const { fact, response } = about;
  const whole = answerTo(response, `${fact.id}.complete`);
  const item = formItem(response.form, fact.id);
  const [first, ...again] = response.itemsOf(fact.id).filter(({ answers }) => answers.length > 0);
  if (first === undefined) return emptyList(about, whole);
  const members = [first, ...again]
    .flatMap(({ answers }) => answers)
    .map((answer) => ({ ...namedBy(answer, item), pointer: answer.pointer }));
  const complete = again.length === 0 && isWhole(whole, members);
  return joinRead([
    listOfMembers(about, { members, complete, pointer: `${first.pointer}/answer` }),
    ...members.map(remarkOn),
    ...again.map(({ pointer }) => unreadableAt(pointer)),
    ...(whole !== null && 'fault' in whole ? [unreadableAt(whole.pointer)] : []),
  ]);
};
