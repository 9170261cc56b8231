-- The language server of mtlint, as `vim.lsp.config` of Neovim 0.11 and later takes it.
-- With this folder on the 'runtimepath', `vim.lsp.enable("mtlint")` is all it needs.
return {
  cmd = { "mtlint", "server" },
  filetypes = { "text", "markdown", "html" },
  root_markers = { "mtlint.toml", ".git" },
  -- An article needs no project around it.
  workspace_required = false,
  init_options = {},
}
