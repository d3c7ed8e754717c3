import { describe, expect, it } from 'vitest';
import { coded, escaped } from '../../../../src/formats/cds/markdown.js';

describe('text from elsewhere in Markdown', () => {
  it.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['<img src=x onerror=y>', '&lt;img src=x onerror=y&gt;'],
    ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
    ['**bold** _it_ ~~no~~', '\\*\\*bold\\*\\* \\_it\\_ \\~\\~no\\~\\~'],
    ['[click](javascript:x)', '\\[click\\](javascript:x)'],
    ['![pixel](x)', '\\!\\[pixel\\](x)'],
    ['a | b', 'a \\| b'],
    ['`code`', '\\`code\\`'],
    ['back\\slash', 'back\\\\slash'],
    ['# head', '\\# head'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['+ item', '\\+ item'],
    ['two\n\n# lines', 'two \\# lines'],
    ['tab\tand\u2028line\u0000', 'tab and line'],
    ['right\u202eleft', 'right left'],
    ['  plain, 160/100 mmHg (mean).  ', 'plain, 160/100 mmHg (mean).'],
  ])('%j shows what it is', (text, expected) => {
    expect(escaped(text)).toBe(expected);
  });

  it.each(['https://evil.example/a', 'see www.evil.example', 'WWW.evil.example', 'a@evil.example'])(
    'makes no link by itself: %s',
    (text) => {
      expect(escaped(text)).not.toMatch(/:\/\/|www\.|@[a-z]/i);
      expect(escaped(text).replaceAll('\u2060', '')).toBe(text);
    },
  );

  it('has no end in a code', () => {
    expect(coded('a`b`\nc')).toBe("`a'b' c`");
  });
});
