import { describe, expect, it } from 'vitest';
import { webLink } from '../../../../src/formats/book/links.js';
import { pageOf, tag } from '../../../../src/formats/book/markup.js';
import { linksIn } from '../../../support/book-page.js';

const hrefs = (url: string): readonly string[] => linksIn(pageOf(tag('p', webLink(url))));

describe('the address of a source', () => {
  it.each([
    ['https://doi.org/10.1000/1', 'https://doi.org/10.1000/1'],
    ['HTTP://example.org/', 'HTTP://example.org/'],
    ['doi:10.1000/a<b#c', 'https://doi.org/10.1000/a%3Cb%23c'],
  ])('links %s', (url, href) => {
    expect(hrefs(url)).toEqual([href]);
  });

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)//https://x',
    'data:text/html,<script>',
    'file:///etc/passwd',
    'vbscript:x',
    'doi:javascript',
    'ftp://example.org/',
    ' https://example.org',
  ])('leaves %s as a text', (url) => {
    expect(hrefs(url)).toEqual([]);
    expect(pageOf(tag('p', webLink(url)))).not.toContain('<a');
  });
});
