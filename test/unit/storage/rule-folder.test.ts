import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRuleFolder } from '../../../src/storage/rule-folder.js';
import { copyOf } from '../../support/sqlite.js';

const RULE = 'packs/bladder/icsi-rise.json';
const CASES = 'packs/bladder/icsi-rise.cases.json';

/** The mistakes of a copy of the rule set that was damaged, as `code file pointer`. A set with a mistake is never loaded in part. */
const mistakesAfter = (damage: (folder: string) => void): readonly string[] => {
  const folder = copyOf('rules/ketamine-pain');
  damage(folder);
  const read = readRuleFolder(folder);
  expect(Object.keys(read)).toEqual(read.ok ? ['ok', 'value'] : ['ok', 'issues']);
  return read.ok ? [] : read.issues.map(({ code, file, pointer }) => `${code} ${file} ${pointer}`);
};

const rewrite =
  (file: string, edit: (text: string) => string) =>
  (folder: string): void => {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    const edited = edit(text);
    expect(edited).not.toBe(text);
    writeFileSync(path, edited);
  };

const remove =
  (file: string) =>
  (folder: string): void =>
    rmSync(join(folder, file), { recursive: true });

const add =
  (file: string) =>
  (folder: string): void =>
    writeFileSync(join(folder, file), '{}');

describe('the rule set as it is', () => {
  it('is read whole, with cases for every rule', () => {
    const read = readRuleFolder('rules/ketamine-pain');
    const rules = read.ok ? read.value.ruleSet.body.rules.map(({ id }) => id) : [];
    expect(rules.length).toBeGreaterThan(50);
    expect(read.ok ? read.value.cases.map(({ rule }) => rule) : []).toEqual(rules);
  });

  it('has its rules in the order of the packs, and of the rules in each pack', () => {
    const read = readRuleFolder('rules/ketamine-pain');
    const domains = read.ok ? read.value.ruleSet.body.rules.map(({ domain }) => domain) : [];
    const { packs } = JSON.parse(readFileSync('rules/ketamine-pain/rule-set.json', 'utf8')) as {
      readonly packs: readonly string[];
    };
    expect(packs.length).toBeGreaterThan(4);
    expect([...new Set(domains)]).toEqual(packs);
    expect(domains).toEqual(packs.flatMap((pack) => domains.filter((domain) => domain === pack)));
  });

  it('keeps the schema keys of its files out of the body', () => {
    const read = readRuleFolder('rules/ketamine-pain');
    expect(read.ok && JSON.stringify(read.value.ruleSet.body).includes('$schema')).toBe(false);
  });
});

describe('a file that is missing', () => {
  it.each(['facts.json', 'sources.json', 'rule-set.json', RULE, CASES])('%s', (file) => {
    expect(mistakesAfter(remove(file))).toContain(`file-missing ${file} `);
  });

  it('which is a whole pack', () => {
    const pack = 'packs/bladder/pack.json';
    expect(mistakesAfter(remove('packs/bladder'))).toEqual([`file-missing ${pack} `]);
  });
});

describe('a file that no list names', () => {
  it.each(['packs/bladder/another.json', 'packs/bladder/icsi-rise.case.json', 'packs/bladder/notes.txt'])(
    '%s',
    (file) => {
      expect(mistakesAfter(add(file))).toEqual([`file-unexpected ${file} `]);
    },
  );

  it('which is a whole pack', () => {
    const copyPack = (folder: string): void =>
      cpSync(join(folder, 'packs/bladder'), join(folder, 'packs/kidney'), { recursive: true });
    expect(mistakesAfter(copyPack)).toEqual(['file-unexpected packs/kidney ']);
  });

  it('which is an empty folder', () => {
    const addFolder = (folder: string): void => {
      mkdirSync(join(folder, 'packs/kidney'));
    };
    expect(mistakesAfter(addFolder)).toEqual(['file-unexpected packs/kidney ']);
  });

  it('because its rule was taken off the list', () => {
    const unlist = rewrite('packs/bladder/pack.json', (text) => text.replace('"icsi-rise",', ''));
    expect(mistakesAfter(unlist)).toEqual([`file-unexpected ${CASES} `, `file-unexpected ${RULE} `]);
  });
});

describe('a file that is no strict JSON', () => {
  it.each<[string, string, (text: string) => string]>([
    [
      'with a key twice',
      '/severity',
      (text) => text.replace('"domain"', '"severity": "precaution", "domain"'),
    ],
    ['with a byte order mark', '', (text) => `\uFEFF${text}`],
    ['cut off', '', (text) => text.slice(0, text.length / 2)],
    ['that is empty', '', () => ''],
    ['with a comment', '', (text) => `// a rule\n${text}`],
    ['with the key __proto__', '/__proto__', (text) => text.replace('{', '{ "__proto__": {},')],
  ])('%s', (_what, pointer, edit) => {
    expect(mistakesAfter(rewrite(RULE, edit))).toEqual([`not-json ${RULE} ${pointer}`]);
  });

  it('in the bytes of another encoding', () => {
    const damage = (folder: string): void =>
      writeFileSync(join(folder, RULE), Buffer.from([0x22, 0xe4, 0x22]));
    expect(mistakesAfter(damage)).toEqual([`not-json ${RULE} `]);
  });
});

describe('a file that is not in the language', () => {
  it('with an unknown key', () => {
    const edit = rewrite(RULE, (text) => text.replace('"tags"', '"label"'));
    expect(mistakesAfter(edit).toSorted()).toEqual([
      `not-in-the-language ${RULE} `,
      `not-in-the-language ${RULE} /tags`,
    ]);
  });

  it('with cases of an unknown kind', () => {
    const edit = rewrite(CASES, (text) => text.replace('"kind": "met"', '"kind": "matched"'));
    expect(mistakesAfter(edit)).toEqual([`not-in-the-language ${CASES} /cases/0/kind`]);
  });

  it('with a misspelt key in a pack', () => {
    const file = 'packs/bladder/pack.json';
    const edit = rewrite(file, (text) => text.replace('"title"', '"titel"'));
    expect(mistakesAfter(edit)).toContain(`not-in-the-language ${file} `);
  });
});

describe('cases of another rule', () => {
  it('leave the rule that they stand beside without any', () => {
    const edit = rewrite(CASES, (text) => text.replace('"rule": "icsi-rise"', '"rule": "icsi-item-high"'));
    expect(mistakesAfter(edit)).toEqual([`no-cases ${CASES} /rule`]);
  });
});

describe('a rule in the wrong place', () => {
  it('with another id than its file', () => {
    const edit = rewrite(RULE, (text) => text.replace('"id": "icsi-rise"', '"id": "icsi-raise"'));
    expect(mistakesAfter(edit)).toEqual([`wrong-type ${RULE} /id`]);
  });

  it('with another domain than its folder', () => {
    const edit = rewrite(RULE, (text) => text.replace('"domain": "bladder"', '"domain": "psychiatric"'));
    expect(mistakesAfter(edit)).toEqual([`wrong-type ${RULE} /domain`]);
  });
});

describe('a mistake in the whole set is told by its file', () => {
  it.each<[string, string, string, (text: string) => string]>([
    ['a fact that is not there', RULE, 'unknown-fact', (text) => text.replace('"icsiRise"', '"icsiRaise"')],
    [
      'a threshold out of range',
      RULE,
      'decided-by-range',
      (text) => text.replace('"value": 4', '"value": 400'),
    ],
  ])('%s', (_what, file, code, edit) => {
    expect(mistakesAfter(rewrite(file, edit))).toEqual([
      expect.stringContaining(`${code} ${file} /criterion/all/1/`),
    ]);
  });

  it('in the facts', () => {
    const edit = rewrite('facts.json', (text) => text.replace('"unit": "a"', '"unit": "yrs"'));
    expect(mistakesAfter(edit)).toEqual(['unknown-unit facts.json /facts/0/unit']);
  });

  it('in the scope', () => {
    const edit = rewrite('rule-set.json', (text) => text.replace('"value": 18', '"value": 500'));
    expect(mistakesAfter(edit)).toEqual(['decided-by-range rule-set.json /scope/criterion/all/0/value']);
  });
});

describe('several mistakes', () => {
  it('are told at once', () => {
    const damage = (folder: string): void => {
      remove(CASES)(folder);
      add('packs/substance/another.json')(folder);
      rewrite('sources.json', (text) => text.slice(1))(folder);
    };
    expect(mistakesAfter(damage).toSorted()).toEqual([
      'file-missing packs/bladder/icsi-rise.cases.json ',
      'file-unexpected packs/substance/another.json ',
      'not-json sources.json ',
    ]);
  });
});
