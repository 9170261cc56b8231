-- The language server of mtlint for every Neovim from 0.7 on: `require("mtlint").setup()`.
local M = {}

local function defaults()
  local here = debug.getinfo(1, "S").source:sub(2)
  return dofile(vim.fn.fnamemodify(here, ":p:h:h") .. "/lsp/mtlint.lua")
end

-- The folder of the nearest marker, or that of the file.
local function root_of(path, markers)
  for _, marker in ipairs(markers) do
    for _, find in ipairs({ vim.fn.findfile, vim.fn.finddir }) do
      local found = find(marker, vim.fn.escape(vim.fn.fnamemodify(path, ":p:h"), " ,;") .. ";")
      if found ~= "" then
        -- A folder's full name ends in a slash.
        return vim.fn.fnamemodify((vim.fn.fnamemodify(found, ":p"):gsub("/$", "")), ":h")
      end
    end
  end
  return vim.fn.fnamemodify(path, ":p:h")
end

-- The servers that run, by folder, for a Neovim without `vim.lsp.start`.
local running = {}

local function attach(buffer, config)
  local root = root_of(vim.api.nvim_buf_get_name(buffer), config.root_markers)
  local client = {
    name = "mtlint",
    cmd = config.cmd,
    root_dir = root,
    workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
    init_options = config.init_options,
    on_attach = config.on_attach,
    capabilities = config.capabilities,
    handlers = config.handlers,
  }
  if vim.lsp.start then
    vim.lsp.start(client, { bufnr = buffer })
    return
  end
  local id = running[root]
  if not id or vim.lsp.client_is_stopped(id) then
    id = vim.lsp.start_client(client)
    running[root] = id
  end
  if id then
    vim.lsp.buf_attach_client(buffer, id)
  end
end

-- Starts the server for the file types it checks. `options` replaces what lsp/mtlint.lua says: `cmd`,
-- `filetypes`, `init_options` (the settings of mtlint), `on_attach` and what else a client takes.
function M.setup(options)
  local config = vim.tbl_extend("force", defaults(), options or {})
  if vim.lsp.config and vim.lsp.enable then
    vim.lsp.config("mtlint", config)
    vim.lsp.enable("mtlint")
    return
  end
  vim.api.nvim_create_autocmd("FileType", {
    group = vim.api.nvim_create_augroup("mtlint", { clear = true }),
    pattern = config.filetypes,
    callback = function(event)
      attach(event.buf, config)
    end,
  })
end

return M
