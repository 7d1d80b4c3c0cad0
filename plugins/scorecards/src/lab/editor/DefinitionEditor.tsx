import { autocompletion } from '@codemirror/autocomplete';
import { StreamLanguage } from '@codemirror/language';
import { yaml } from '@codemirror/legacy-modes/mode/yaml';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorView } from '@codemirror/view';
import CodeMirror, { ReactCodeMirrorRef } from '@uiw/react-codemirror';
import { CompletedFactSource } from '@waymark/scorecards-common';
import {
  forwardRef,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
} from 'react';
import { TextProblem } from '../definition/readDefinition';
import { ruleCompletions } from './completions';
import { editorTheme } from './theme';

/** What a page can have the editor do. */
export interface EditorHandle {
  /** Goes there and begins to write. */
  goTo(place: { from: number; to: number }): void;
}

const BASIC = { autocompletion: false, foldGutter: true } as const;

/** The text of a definition: YAML, with completion in its rules, and marks where something is wrong. */
const DefinitionEditor = forwardRef<
  EditorHandle,
  {
    text: string;
    label: string;
    /** Id of what tells how to leave it. */
    describedBy: string;
    problems: readonly TextProblem[];
    factSources: readonly CompletedFactSource[];
    onChange(text: string): void;
  }
>((props, ref) => {
  const { text, label, describedBy, problems, factSources, onChange } = props;
  const editor = useRef<ReactCodeMirrorRef>(null);
  const known = useRef(factSources);
  known.current = factSources;

  const extensions = useMemo(
    () => [
      StreamLanguage.define(yaml),
      autocompletion({ override: [ruleCompletions(() => known.current)] }),
      lintGutter(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        'aria-label': label,
        'aria-describedby': describedBy,
        spellcheck: 'false',
        // It can be focused anyway, which not everything that looks at pages knows.
        tabindex: '0',
      }),
      ...editorTheme,
    ],
    [label, describedBy],
  );

  useImperativeHandle(ref, () => ({
    goTo({ from, to }) {
      const view = editor.current?.view;
      if (!view) return;
      const most = view.state.doc.length;
      view.dispatch({
        selection: { anchor: Math.min(from, most), head: Math.min(to, most) },
        scrollIntoView: true,
      });
      view.focus();
    },
  }));

  const mark = () => {
    const view = editor.current?.view;
    if (!view) return;
    // What is told of an earlier text may lie behind the end of this one.
    const most = view.state.doc.length;
    view.dispatch(
      setDiagnostics(
        view.state,
        problems.map(({ from, to, reason }) => ({
          from: Math.min(from, most),
          to: Math.min(to, most),
          severity: 'error',
          message: reason,
        })),
      ),
    );
  };
  useEffect(mark, [problems]);

  return (
    <CodeMirror
      ref={editor}
      value={text}
      height="100%"
      theme="none"
      basicSetup={BASIC}
      extensions={extensions}
      onChange={onChange}
      onCreateEditor={() => queueMicrotask(mark)}
      style={{ height: '100%' }}
    />
  );
});

export default DefinitionEditor;
