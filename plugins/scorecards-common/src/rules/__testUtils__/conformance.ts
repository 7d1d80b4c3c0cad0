import { getConformanceSuite } from '@bufbuild/cel-spec/testdata/tests.js';
import type {
  IncrementalTest,
  IncrementalTestSuite,
} from '@bufbuild/cel-spec/testdata/tests.js';
import type { Value } from '@bufbuild/cel-spec/cel/expr/value_pb.js';
import { BinaryReader } from '@bufbuild/protobuf/wire';
import { compileExpression } from '../compile/compileExpression';
import { RuleScope } from '../compile/RuleScope';
import { parseExpression } from '../syntax';
import { equals } from '../values/compare';
import { Unknown } from '../values/Unknown';
import {
  CelMap,
  CelValue,
  Duration,
  KnownValue,
  mapKey,
  Timestamp,
  typeName,
  TypeValue,
  Uint,
} from '../values/values';

/** The suites of the core language, those that design asks for. */
export const CORE_SUITES = [
  'basic',
  'comparisons',
  'conversions',
  'fields',
  'fp_math',
  'integer_math',
  'lists',
  'logic',
  'macros',
  'namespace',
  'parse',
  'plumbing',
  'string',
  'timestamps',
];

/** One official test and where it stands. */
export interface ConformanceTest {
  readonly name: string;
  readonly test: IncrementalTest['original'];
}

function testsOf(suite: IncrementalTestSuite, path: string): ConformanceTest[] {
  return [
    ...suite.tests.map(test => ({
      name: `${path}/${test.name}`,
      test: test.original,
    })),
    ...suite.suites.flatMap(child => testsOf(child, `${path}/${child.name}`)),
  ];
}

/** The official tests of one suite. */
export function conformanceTests(suite: string): ConformanceTest[] {
  const found = getConformanceSuite().suites.find(({ name }) => name === suite);
  if (!found) throw new Error(`No conformance suite ${suite}`);
  return testsOf(found, suite);
}

/** Thrown for a value that is a protobuf message, which the rule language does not have. */
export class MessageValueError extends Error {}

function secondsAndNanos(bytes: Uint8Array): bigint {
  const reader = new BinaryReader(bytes);
  let nanos = 0n;
  while (reader.pos < reader.len) {
    const [field] = reader.tag();
    const value = BigInt(reader.int64());
    nanos += field === 1 ? value * 10n ** 9n : value;
  }
  return nanos;
}

/** The value that a test gives or expects. */
export function valueOf({ kind }: Value): KnownValue {
  switch (kind.case) {
    case 'nullValue':
      return null;
    case 'uint64Value':
      return new Uint(kind.value);
    case 'typeValue':
      return new TypeValue(kind.value);
    case 'listValue':
      return kind.value.values.map(valueOf);
    case 'mapValue':
      return new CelMap(
        new Map(
          kind.value.entries.map(({ key, value }) => {
            const known = valueOf(key!);
            return [mapKey(known)!, [known, valueOf(value!)]];
          }),
        ),
      );
    case 'objectValue': {
      const type = kind.value.typeUrl.split('/').pop();
      const nanos = secondsAndNanos(kind.value.value);
      if (type === 'google.protobuf.Timestamp') return new Timestamp(nanos);
      if (type === 'google.protobuf.Duration') return new Duration(nanos);
      throw new MessageValueError(type);
    }
    case 'int64Value':
    case 'doubleValue':
    case 'stringValue':
    case 'boolValue':
    case 'bytesValue':
      return kind.value;
    default:
      throw new MessageValueError(kind.case);
  }
}

/** Evaluates the expression of a test as it stands, without the checker. */
export function evaluateTest({ test }: ConformanceTest): CelValue {
  const variables = Object.fromEntries(
    Object.entries(test.bindings).map(([name, { kind }]) => {
      if (kind.case !== 'value') throw new Error(`${name} is bound to nothing`);
      return [name, valueOf(kind.value)];
    }),
  );
  const { evaluate } = compileExpression(
    test.expr,
    parseExpression(test.expr),
    { variables: new Set(Object.keys(variables)) },
  );
  const scope = RuleScope.create();
  scope.variables = variables;
  return evaluate(scope);
}

function sameValue(actual: KnownValue, expected: KnownValue): boolean {
  if (typeof expected === 'number' && Number.isNaN(expected)) {
    return Number.isNaN(actual);
  }
  return typeName(actual) === typeName(expected) && equals(actual, expected);
}

/** Whether a value is what a test expects. */
export function meets(value: CelValue, { test }: ConformanceTest): boolean {
  const { resultMatcher } = test;
  switch (resultMatcher.case) {
    case 'evalError':
    case 'anyEvalErrors':
      return value instanceof Unknown;
    case 'value':
      return (
        !(value instanceof Unknown) &&
        sameValue(value, valueOf(resultMatcher.value))
      );
    case undefined:
      return value === true;
    default:
      throw new Error(`Cannot judge ${resultMatcher.case}`);
  }
}
