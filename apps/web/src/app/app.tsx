import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startLanguage } from '../i18n/i18n.ts';
import { createQueryClient } from '../platform/client.ts';
import { startScheme } from '../platform/scheme.ts';
import { LanguageFrame } from './language-frame.tsx';
import { createAppRouter } from './router.tsx';

/** Starts the pages in the element that `index.html` holds ready. */
export function startApp(): void {
  startScheme();
  startLanguage();
  const queries = createQueryClient();
  const router = createAppRouter({ queries });
  const root = document.getElementById('root');
  if (root === null) return;
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <LanguageFrame>
          <RouterProvider router={router} />
        </LanguageFrame>
      </QueryClientProvider>
    </StrictMode>,
  );
}
