import { describe, expect, it } from 'vitest';
import { writeBook } from '../../../../src/formats/book/write-book.js';
import type { RuleSet } from '../../../../src/rules/rule-set.js';
import { aBook } from '../../../support/book-page.js';
import { aFact, aRuleSet, changed, ruleSetOf } from '../../../support/builders.js';
import { isJsonObject, type JsonValue } from '../../../../src/values/json.js';

/** What would be markup, an attribute or the end of one if it were not escaped. */
const HOSTILE = `</style></title><script>alert(1)</script><img src=x onerror="alert(2)">'"&lt;`;

/** Every key whose value is prose or a name that is shown, and no id. */
const SHOWN = new Set(
  'title description explanation rationale action supports locator grade question help label display authors publication note'.split(
    ' ',
  ),
);

const spoiled = (json: JsonValue): JsonValue => {
  if (Array.isArray(json)) return json.map(spoiled);
  if (typeof json !== 'object' || json === null || !isJsonObject(json)) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [
      key,
      SHOWN.has(key) && typeof value === 'string' ? HOSTILE : spoiled(value),
    ]),
  );
};

const hostileSet = (): RuleSet => {
  const coded = aFact.boolean('coded', {
    help: 'help',
    codes: [{ system: 'loinc', code: HOSTILE, display: 'x', status: 'seen', except: [HOSTILE] }],
  });
  const source = { authors: 'x', publication: 'x', note: 'x', url: `javascript:alert(1)//"><script>` };
  const set = Object.entries(source).reduce(
    (json, [key, value]) => changed(json, `/sources/0/${key}`, value),
    changed(aRuleSet(), '/facts/-', coded),
  );
  return ruleSetOf(spoiled(changed(set, '/rules/0/tags', [HOSTILE])));
};

describe('text that looks like markup', () => {
  const page = writeBook(aBook(hostileSet(), { approval: HOSTILE }));

  it('stays text wherever it stands', () => {
    expect(page.split('&#x3C;script>alert(1)').length).toBeGreaterThan(60);
    expect(page).not.toMatch(/<script|<img|<\/style>(?!<\/head>)/);
    expect(page.match(/<\/title>/g)).toHaveLength(1);
  });

  it('opens no attribute', () => {
    expect(page.replace(/>[^<]*</g, '><')).not.toMatch(/onerror|alert/);
  });
});
