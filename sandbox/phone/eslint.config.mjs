import js from '@eslint/js'
import globals from 'globals'

const rules = {
  complexity: ['error', 10],
  'max-lines': ['error', 400],
  'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
  'no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'none' }],
  eqeqeq: ['error', 'always'],
  'prefer-const': 'error',
}

export default [
  { ignores: ['node_modules/', 'test/fixture/', 'test/screens/'] },
  js.configs.recommended,
  { rules },
  { files: ['**/*.mjs'], languageOptions: { globals: globals.node } },
  { files: ['runtime/**', 'web/**'], languageOptions: { globals: globals.browser } },
  { files: ['test/**'], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
]
