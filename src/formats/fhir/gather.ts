import type { Issue } from '../../values/issue.js';
import { isJsonObject, type JsonObject } from '../../values/json.js';
import type { DataQuality } from '../../screening/intake.js';
import { indexFacts } from '../../rules/dictionary.js';
import { joinRead, type Claim, type ClaimsRead } from './claim.js';
import { doubt, isCodedType } from './doubt.js';
import { textAt } from './look.js';
import { isResourceType } from './resource-types.js';
import { readRecord } from './read-record.js';
import type { Part, Records } from './records.js';
import { remarkOn, type PatientRecord, type Under } from './under.js';
import { isOf, subjectOf, typeOf, whoseAre, type IsOf } from './whose.js';

/** A record under a type that is no type of FHIR: it may be about anything. */
const UNKNOWN_TYPE = 'unknown';

const RESPONSE = 'QuestionnaireResponse';

const recordOf = ({ pointer }: Part, json: JsonObject, type: string): PatientRecord => {
  const id = textAt(json, 'id');
  return { type, json, pointer, name: typeof id === 'string' ? `${type}/${id}` : type };
};

const NO_JSON: JsonObject = {};

const anyRecord = (part: Part): PatientRecord => recordOf(part, NO_JSON, UNKNOWN_TYPE);

/** What a record says that does not tell of whom it is: whatever it is about counts as unknown. */
const ofNobody = (record: PatientRecord, read: ClaimsRead, under: Under): ClaimsRead => {
  const remark = remarkOn(
    record,
    'unreadable',
    'this record does not say of which patient it is: it counts as unknown',
  );
  const saysNothing = read.claims.length === 0 && read.unmapped.length === 0;
  const { claims } = saysNothing ? doubt(record, under) : read;
  return {
    ...read,
    claims: claims.map(({ from }) => ({ from, said: { kind: 'unknown', reason: 'unreadable' } })),
    remarks: [...read.remarks, remark],
  };
};

const ofAnother = (record: PatientRecord): ClaimsRead => ({
  claims: [],
  remarks: [remarkOn(record, 'other-patient', 'this record is of another patient: it was not used')],
  unmapped: [],
});

/** A response that names nobody was filled in for this request; any other record must say of whom it is. */
const mayNameNobody = ({ type, json }: PatientRecord): boolean =>
  type === RESPONSE && subjectOf(json) === undefined;

/** Reads a response to the questionnaire of the version. */
export type ReadResponse = (part: Part) => ClaimsRead;

type Reading = { readonly under: Under; readonly isOurs: IsOf; readonly readResponse: ReadResponse };

const readOwn = (record: PatientRecord, part: Part, { under, readResponse }: Reading): ClaimsRead =>
  record.type === RESPONSE ? readResponse(part) : readRecord(record, under);

const isPerson = (type: string): boolean => type === 'Patient';

const readPart = (part: Part, reading: Reading): ClaimsRead => {
  const { resource } = part;
  const type = typeOf(resource);
  if (!isJsonObject(resource) || type === null || !isResourceType(type))
    return doubt(anyRecord(part), reading.under);
  const record = recordOf(part, resource, type);
  switch (standsFor(record, part, reading)) {
    case 'another':
      return ofAnother(record);
    case 'nobody':
      return ofNobody(record, readOwn(record, part, reading), reading.under);
    case 'ours':
      return readOwn(record, part, reading);
  }
};

/** Of whom a record is. One of a kind that no fact is read from is not looked at. */
const standsFor = (record: PatientRecord, part: Part, reading: Reading): 'ours' | 'another' | 'nobody' => {
  const { type, json } = record;
  if (!isCodedType(type) && type !== RESPONSE && !isPerson(type)) return 'ours';
  const isOurs = isPerson(type) ? isPatient(part, reading) : reading.isOurs(json);
  if (isOurs === null) return mayNameNobody(record) ? 'ours' : 'nobody';
  return isOurs ? 'ours' : 'another';
};

/** Whether a Patient is the one whom all is about: it is asked as if another record referred to it. */
const isPatient = ({ resource, fullUrl }: Part, { isOurs }: Reading): boolean | null => {
  const id = isJsonObject(resource) ? textAt(resource, 'id') : undefined;
  const names = [fullUrl, typeof id === 'string' ? `Patient/${id}` : null].filter((name) => name !== null);
  return names.length === 0 || names.some((reference) => isOurs({ subject: { reference } }) === true);
};

/** The kinds of record in a search that was cut off; every kind, where nothing came by which that could be told. */
const cutTypes = ({ pointer }: DataQuality, parts: readonly Part[]): readonly string[] => {
  const types = parts
    .filter((part) => part.pointer.startsWith(`${pointer}/`))
    .map(({ resource }) => typeOf(resource))
    .filter((type) => type !== null)
    .filter(isCodedType);
  return types.length === 0 ? [UNKNOWN_TYPE] : [...new Set(types)];
};

/** What a search that was cut off may have left out: a newer reading, or a diagnosis. Nothing that reassures counts beside that. */
const readCutOff = (remark: DataQuality, parts: readonly Part[], under: Under): ClaimsRead =>
  joinRead(
    cutTypes(remark, parts).map((type) => ({
      ...doubt({ type, json: NO_JSON, pointer: remark.pointer, name: type }, under),
      remarks: [],
    })),
  );

const SEVERAL: Issue = {
  pointer: '',
  code: 'several-patients',
  detail: 'these records are of more than one patient: send those of one, with its Patient',
};

/** What came of one patient, and of which facts there are records, apart from what a person answered. */
export type Gathered = ClaimsRead & {
  readonly recorded: ReadonlySet<string>;
  readonly issues: readonly Issue[];
};

/**
 * A record that may tell of something particular puts a general no in doubt as well: were it readable and adverse, that no could not stand.
 */
const withGates = (read: ClaimsRead, { body }: Under): ClaimsRead => {
  const { gateOf } = indexFacts(body.facts);
  const doubts = read.claims.flatMap(({ said, from }): readonly Claim[] => {
    const gate = gateOf.get(from.fact);
    return said.kind !== 'unknown' || gate === undefined ? [] : [{ said, from: { ...from, fact: gate } }];
  });
  return { ...read, claims: [...read.claims, ...doubts] };
};

const NOTHING_GATHERED = { claims: [], remarks: [], unmapped: [], recorded: new Set<string>() };

/** What all records of one patient say, or that they are not of one. */
export const gatherClaims = (
  records: Records,
  { under, readResponse }: Omit<Reading, 'isOurs'>,
): Gathered => {
  const whose = whoseAre(records);
  if (whose === null) return { ...NOTHING_GATHERED, issues: [SEVERAL] };
  const reading = { under, readResponse, isOurs: isOf(whose) };
  const cut = records.remarks.filter(({ code }) => code === 'cut-off');
  const parts = records.parts.map((part) => ({ part, read: readPart(part, reading) }));
  const isResponse = ({ part }: (typeof parts)[number]): boolean => typeOf(part.resource) === RESPONSE;
  const recorded = joinRead([
    ...parts.filter((one) => !isResponse(one)).map(({ read }) => withGates(read, under)),
    ...cut.map((remark) => withGates(readCutOff(remark, records.parts, under), under)),
  ]);
  const answered = joinRead(parts.filter(isResponse).map(({ read }) => read));
  const read = joinRead([recorded, answered]);
  return {
    ...read,
    remarks: [...records.remarks, ...read.remarks],
    recorded: new Set(recorded.claims.map(({ from }) => from.fact)),
    issues: [],
  };
};
