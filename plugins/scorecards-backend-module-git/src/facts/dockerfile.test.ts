import { dockerfileFacts } from './dockerfile';

const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('who runs what a Dockerfile makes', () => {
  it.each([
    ['FROM node:24', null, true],
    ['FROM node:24\nUSER node', 'node', false],
    ['FROM node:24\nUSER node\nUSER root', 'root', true],
    ['FROM node:24\nUSER 0:0', '0:0', true],
    ['FROM node:24\nUSER 01', '01', false],
    ['FROM node:24 AS a\nUSER node\nFROM a', 'node', false],
    ['FROM node:24 AS a\nUSER node\nFROM scratch', null, true],
    ['ARG WHO=node\nFROM node:24\nUSER $WHO', 'node', false],
    ['', null, true],
  ])('is told by %j: %s', (text, user, root) => {
    expect(dockerfileFacts('Dockerfile', text).container).toEqual({
      dockerfile: 'Dockerfile',
      user,
      root,
    });
  });
});

describe('baseImages', () => {
  it.each([
    ['FROM node:24', [['node:24', false]]],
    [`FROM node:24@${DIGEST}`, [[`node:24@${DIGEST}`, true]]],
    ['FROM --platform=linux/amd64 node:24', [['node:24', false]]],
    ['FROM node:24 AS a\nFROM a\nFROM a AS b\nFROM B', [['node:24', false]]],
    ['FROM scratch', []],
    ['ARG V=24\nFROM node:$V', [['node:24', false]]],
    ['ARG V=24\nFROM node:${V:-22}', [['node:24', false]]],
    ['FROM node:${V:-22}', [['node:22', false]]],
    ['FROM $IMAGE', [['$IMAGE', false]]],
    ['# FROM node', []],
    ['FROM', []],
    ['', []],
  ] as [string, [string, boolean][]][])('reads %j', (text, images) => {
    expect(dockerfileFacts('Dockerfile', text).images).toEqual(
      images.map(([image, pinned]) => ({
        dockerfile: 'Dockerfile',
        image,
        pinned,
      })),
    );
  });
});
