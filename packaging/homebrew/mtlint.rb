# typed: false
# frozen_string_literal: true

class Mtlint < Formula
  desc "Linter for machine-translated text"
  homepage "@REPOSITORY@"
  version "@VERSION@"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "@URL_AARCH64_APPLE_DARWIN@"
      sha256 "@SHA256_AARCH64_APPLE_DARWIN@"
    end
    on_intel do
      url "@URL_X86_64_APPLE_DARWIN@"
      sha256 "@SHA256_X86_64_APPLE_DARWIN@"
    end
  end

  on_linux do
    on_arm do
      url "@URL_AARCH64_UNKNOWN_LINUX_MUSL@"
      sha256 "@SHA256_AARCH64_UNKNOWN_LINUX_MUSL@"
    end
    on_intel do
      url "@URL_X86_64_UNKNOWN_LINUX_MUSL@"
      sha256 "@SHA256_X86_64_UNKNOWN_LINUX_MUSL@"
    end
  end

  def install
    bin.install "mtlint"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/mtlint.bash" => "mtlint"
    zsh_completion.install "completions/mtlint.zsh" => "_mtlint"
    fish_completion.install "completions/mtlint.fish"
  end

  test do
    (testpath/"a.txt").write "The ferry left at noon. . It came back at night.\n"
    output = shell_output("#{bin}/mtlint check --isolated --format concise a.txt", 1)
    assert_match "punctuation/repeated-stop", output
  end
end
