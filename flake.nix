{
  description = "The linter for machine-translated text";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      cargo = builtins.fromTOML (builtins.readFile ./Cargo.toml);
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ];
      forEachSystem = make: nixpkgs.lib.genAttrs systems (system: make nixpkgs.legacyPackages.${system});
    in
    {
      packages = forEachSystem (pkgs: {
        default = pkgs.rustPlatform.buildRustPackage {
          pname = "mtlint";
          version = cargo.workspace.package.version;
          src = self;
          cargoLock.lockFile = ./Cargo.lock;
          nativeBuildInputs = [ pkgs.installShellFiles ];
          # Only the program: the tests need editors, browsers and Python.
          cargoBuildFlags = [ "--bin" "mtlint" ];
          buildFeatures = [ "mcp" "serve" ];
          doCheck = false;
          postInstall = pkgs.lib.optionalString (pkgs.stdenv.buildPlatform.canExecute pkgs.stdenv.hostPlatform) ''
            $out/bin/mtlint man man
            installManPage man/*
            for shell in bash zsh fish; do
              installShellCompletion --cmd mtlint --$shell <($out/bin/mtlint completions $shell)
            done
          '';
          meta = {
            description = cargo.package.description;
            homepage = cargo.workspace.package.repository;
            license = with pkgs.lib.licenses; [ mit asl20 ];
            mainProgram = "mtlint";
          };
        };
      });
    };
}
