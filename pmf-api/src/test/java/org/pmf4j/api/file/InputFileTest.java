package org.pmf4j.api.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.PmfException;

class InputFileTest {
  @TempDir private Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("file"), content);
  }

  private static void refused(Path file, String told) {
    assertThatThrownBy(() -> InputFile.text(file, 1 << 20))
        .isInstanceOf(PmfException.class)
        .hasMessage(file + ": " + told);
  }

  @Test
  void aTextIsReadWhole() throws IOException {
    assertThat(InputFile.text(file("é 漢"), 6)).isEqualTo("é 漢");
    assertThat(InputFile.text(file(""), 6)).isEmpty();
    assertThat(InputFile.text(file("\uFEFFa"), 6)).isEqualTo("a");
    assertThat(InputFile.bytes(file("abc"), 3)).isEqualTo("abc".getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 440449768\n",
        "version https://hawser.github.com/spec/v1\n",
        "version http://git-media.io/v/2\n",
      })
  void aPointerOfGitLfsIsNamed(String pointer) throws IOException {
    refused(file(pointer), "this is a git-lfs pointer, not the file; fetch it with 'git lfs pull'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<!DOCTYPE html><html>", "\n  <html lang=\"en\">", "<!doctype HTML>"})
  void aWebPageIsNamed(String page) throws IOException {
    refused(
        file(page), "this is a web page, not the file; the download went wrong, fetch it again");
  }

  @Test
  void nothingButARegularFileIsRead() throws IOException {
    refused(Files.createDirectory(folder.resolve("d")), "is a folder, not a file");
    refused(folder.resolve("nowhere"), "missing");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void linksToNothingAndDevicesAreNamed() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("gone"));
    refused(link, "is a link to a file that is not there; copy the files, not the links to them");
    refused(Path.of("/dev/zero"), "is no regular file");
  }

  @Test
  void whatIsNoUtf8OrTooLargeIsRefused() throws IOException {
    refused(Files.write(folder.resolve("b"), new byte[] {'{', (byte) 0xff}), "is not UTF-8");
    for (Charset other :
        List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      refused(
          Files.write(folder.resolve("d"), "{\"a\": 1}".getBytes(other)),
          "is in UTF-16; save it in UTF-8");
    }
    refused(
        Files.write(folder.resolve("c"), new byte[(1 << 20) + 1]),
        "is larger than 1 MB, more than such a file can have; is it the right file?");
  }
}
