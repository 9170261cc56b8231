-- What a user of Neovim does: opens an article, sees what is found, applies a repair, saves, applies
-- all safe repairs, saves. Run headless; MTLINT is the server, MTLINT_REPORT the file to write to.
-- Must work from Neovim 0.7 on.

local PATIENCE = 60000
local buffer = vim.api.nvim_get_current_buf()

local function finish(code, message)
  if message then
    io.stderr:write(message .. "\n")
  end
  vim.cmd(code == 0 and "qall!" or code .. "cquit!")
end

local function await(what, condition)
  if not vim.wait(PATIENCE, condition, 20) then
    error("waited in vain for " .. what)
  end
end

local function run()
  await("diagnostics", function()
    return #vim.diagnostic.get(buffer) > 0
  end)
  local found = vim.diagnostic.get(buffer)
  local report = { count = #found, source = found[1].source, codes = {} }
  for _, diagnostic in ipairs(found) do
    table.insert(report.codes, tostring(diagnostic.code or diagnostic.user_data.lsp.code))
  end

  -- The menu of actions: its first entry is chosen.
  vim.ui.select = function(items, _, choose)
    report.offered = #items
    choose(items[1], 1)
  end
  local function act(kind, options)
    local before = vim.api.nvim_buf_get_changedtick(buffer)
    if vim.fn.has("nvim-0.8") == 1 then
      vim.lsp.buf.code_action(vim.tbl_extend("force", { context = { only = { kind }, diagnostics = {} } }, options))
    else
      vim.lsp.buf.code_action({ only = { kind }, diagnostics = vim.lsp.diagnostic.get_line_diagnostics(buffer) })
    end
    await(kind, function()
      return vim.api.nvim_buf_get_changedtick(buffer) ~= before
    end)
    vim.cmd("write")
  end

  local place = found[1]
  for _, diagnostic in ipairs(found) do
    local code = diagnostic.code or diagnostic.user_data.lsp.code
    if code == vim.env.MTLINT_RULE then
      place = diagnostic
      break
    end
  end
  vim.api.nvim_win_set_cursor(0, { place.lnum + 1, place.col })
  act("quickfix", {})
  vim.fn.writefile(vim.fn.readfile(vim.fn.expand("%"), "b"), vim.env.MTLINT_REPORT .. ".quickfix", "b")
  act("source.fixAll.mtlint", { apply = true })
  vim.fn.writefile({ vim.json and vim.json.encode(report) or vim.fn.json_encode(report) }, vim.env.MTLINT_REPORT)
end

local ok, message = pcall(run)
finish(ok and 0 or 1, not ok and message or nil)
