import { removeBlock } from './blocks';

const join = (...lines: string[]) => `${lines.join('\n')}\n`;

describe('removeBlock', () => {
  it('takes a function, its comment and its many-lined parameters', () => {
    const text = join(
      'const a = 1;',
      '',
      '/** Adds. */',
      'export function add(',
      '  x,',
      ') {',
      '  if (x) {',
      '    return;',
      '  }',
      '}',
      '',
      'const b = 2;',
    );
    expect(removeBlock(text, 'export function add')).toBe(
      join('const a = 1;', '', 'const b = 2;'),
    );
  });

  it('takes a section of Markdown up to the next heading of its level', () => {
    const text = join(
      '# T',
      '',
      '## A',
      '',
      'a',
      '',
      '### A1',
      '',
      '## B',
      '',
      'b',
    );
    expect(removeBlock(text, '## A')).toBe(join('# T', '', '## B', '', 'b'));
  });

  it('takes what is indented below a line that nothing closes', () => {
    const text = join('a:', '  b: 1', 'c:', '  d: 2', 'e: 3');
    expect(removeBlock(text, 'c:')).toBe(join('a:', '  b: 1', 'e: 3'));
  });

  it('takes an item of a tag', () => {
    const text = join(
      '<ul>',
      '  <li>',
      '    a',
      '  </li>',
      '  <li id>',
      '  </li>',
      '</ul>',
    );
    expect(removeBlock(text, '<li id>')).toBe(
      join('<ul>', '  <li>', '    a', '  </li>', '</ul>'),
    );
  });

  it('refuses a beginning that is not there, or there twice', () => {
    expect(() => removeBlock('a\na\n', 'a')).toThrow('2 lines begin with "a"');
    expect(() => removeBlock('a\n', 'b')).toThrow('0 lines begin with "b"');
  });
});
