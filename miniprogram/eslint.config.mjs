import tseslint from 'typescript-eslint';

const rules = {
  complexity: ['error', 10],
  'max-lines': ['error', { max: 400 }],
  'max-lines-per-function': ['error', { max: 70, skipComments: true, skipBlankLines: true }],
  eqeqeq: 'error',
  'no-var': 'error',
  'prefer-const': 'error',
};

export default tseslint.config(
  { ignores: ['node_modules/', '.build/', 'src/services/api.d.ts'] },
  ...tseslint.configs.recommended,
  { rules },
  // A page or component is one object literal; its length is held by max-lines.
  { files: ['src/pages/**', 'src/components/**'], rules: { 'max-lines-per-function': 'off' } },
  { files: ['tests/**'], rules: { 'max-lines-per-function': 'off' } },
);
