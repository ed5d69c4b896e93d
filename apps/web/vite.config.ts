import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

const server = 'http://localhost:4600';

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['@keepsake/source', ...defaultClientConditions] },
  // The content security policy takes fonts from the site itself only, never from `data:`.
  build: {
    outDir: 'dist',
    assetsInlineLimit: 0,
    target: 'es2022',
    // The first versions with `light-dark()`, which the colour roles are written in.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
  },
  server: {
    proxy: {
      '/api': server,
      '/auth': server,
      '/healthz': server,
      '/openapi.json': server,
      '/docs': server,
    },
  },
});
