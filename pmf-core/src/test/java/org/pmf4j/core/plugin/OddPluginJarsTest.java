package org.pmf4j.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.plugin.PmfPlugin;
import org.pmf4j.testkit.message.MessageRules;

/** Jars as archivers, signers, build tools and bad copies leave them. */
@DisplayName("A jar in a folder of plugins")
class OddPluginJarsTest {
  @TempDir private Path work;
  private Path folder;
  private Map<String, byte[]> whole;

  @BeforeEach
  void wholeJar() throws IOException {
    folder = Files.createDirectories(work.resolve("plugins"));
    Path jar = PluginJars.in(work).plugin("Good", "good", "").write(work.resolve("good.jar"));
    whole = new LinkedHashMap<>();
    try (ZipFile file = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : file.stream().toList()) {
        whole.put(entry.getName(), file.getInputStream(entry).readAllBytes());
      }
    }
  }

  private byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Path write() throws IOException {
    Path jar = folder.resolve("odd.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream packer = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : whole.entrySet()) {
        packer.putNextEntry(new ZipEntry(entry.getKey()));
        packer.write(entry.getValue());
      }
    }
    return jar;
  }

  private PluginRegistry discover() {
    return PluginRegistry.discover(OddPluginJarsTest.class.getClassLoader(), folder);
  }

  private void works() {
    try (PluginRegistry found = discover()) {
      assertThat(found.problems()).isEmpty();
      assertThat(found.plugins()).extracting(PmfPlugin::name).contains("good");
    }
  }

  private void isLeftOut(String... told) {
    try (PluginRegistry found = discover()) {
      assertThat(found.problems()).singleElement().asString().contains("left out: ").contains(told);
      assertThat(MessageRules.offences(found.problems().get(0))).isEmpty();
      assertThat(found.plugins()).extracting(PmfPlugin::name).doesNotContain("good");
    }
  }

  @Test
  @DisplayName("may not unpack to much: neither its service file nor a class")
  void bombs() throws IOException {
    whole.put(PluginJars.SERVICE, new byte[40 << 20]);
    write();
    isLeftOut("odd.jar", "larger than 65536 bytes", PluginJars.SERVICE);
    whole.put(PluginJars.SERVICE, text("Good\n"));
    whole.put("Good.class", new byte[40 << 20]);
    write();
    isLeftOut("a class in it claims 40 MiB");
  }

  @Test
  @DisplayName("names its plugin in a line that is bounded and printable where it is told")
  void service() throws IOException {
    whole.put(PluginJars.SERVICE, text("x".repeat(50_000)));
    write();
    isLeftOut("correct META-INF/services/");
    whole.put(PluginJars.SERVICE, "Good\n".getBytes(StandardCharsets.UTF_16LE));
    write();
    isLeftOut("correct META-INF/services/");
    whole.put(PluginJars.SERVICE, text("\n# a comment\n  Good  # another\nGood\n"));
    write();
    works();
  }

  @Test
  @DisplayName("is told to need a newer Java by the version of its class, or to be damaged")
  void classes() throws IOException {
    byte[] right = whole.get("Good.class");
    byte[] newer = right.clone();
    newer[7] = 99;
    whole.put("Good.class", newer);
    write();
    isLeftOut("a newer Java", "this is Java " + Runtime.version().feature());
    for (int damaged : new int[] {0, 9, 10, 40}) {
      byte[] bytes = right.clone();
      bytes[damaged] ^= 0x7f;
      whole.put("Good.class", bytes);
      write();
      isLeftOut("odd.jar", "a class");
    }
    whole.put("Good.class", new byte[0]);
    write();
    isLeftOut("damaged");
  }

  @Test
  @DisplayName("may be signed, with a signature that does not fit as well, or be a module")
  void signedOrModule() throws IOException {
    whole.put("module-info.class", new byte[] {1, 2, 3});
    whole.put("META-INF/versions/21/Good.class", new byte[] {1, 2, 3});
    write();
    works();
    whole.put(
        "META-INF/MANIFEST.MF",
        text("Manifest-Version: 1.0\r\n\r\nName: Good.class\r\nSHA-256-Digest: AAAA\r\n\r\n"));
    whole.put("META-INF/X.SF", text("Signature-Version: 1.0\r\n\r\n"));
    whole.put("META-INF/X.RSA", new byte[] {1, 2, 3});
    write();
    try (PluginRegistry found = discover()) {
      assertThat(found.problems()).hasSizeLessThanOrEqualTo(1);
      assertThat(found.problems())
          .allSatisfy(line -> assertThat(MessageRules.offences(line)).isEmpty());
    }
  }

  @Test
  @DisplayName("has no attribute twice in a section of its manifest, nor one without end")
  void manifests() throws IOException {
    whole.put("META-INF/MANIFEST.MF", text("Manifest-Version: 1.0\nA: b\n c: d\na: c\n\n"));
    write();
    isLeftOut("attribute twice (a)");
    whole.put(
        "META-INF/MANIFEST.MF",
        text("Manifest-Version: 1.0\r\n\r\nName: a\r\nX: 1\r\n\r\nName: b\r\nX: 1\r\n\r\n"));
    write();
    works();
    whole.put("META-INF/MANIFEST.MF", new byte[9 << 20]);
    write();
    isLeftOut("META-INF/MANIFEST.MF of odd.jar is larger");
  }

  @Test
  @DisplayName("may have an entry twice, and entries that point out of it: none is unpacked")
  void entries() throws IOException {
    whole.put("Goo2.class", new byte[] {1, 2, 3});
    whole.put("../../outside.txt", text("x"));
    Path jar = write();
    byte[] bytes = Files.readAllBytes(jar);
    String latin = new String(bytes, StandardCharsets.ISO_8859_1).replace("Goo2", "Good");
    Files.write(jar, latin.getBytes(StandardCharsets.ISO_8859_1));
    try (PluginRegistry found = discover()) {
      assertThat(found.problems()).hasSizeLessThanOrEqualTo(1);
      assertThat(found.problems())
          .allSatisfy(line -> assertThat(MessageRules.offences(line)).isEmpty());
    }
    assertThat(work.resolveSibling("outside.txt")).doesNotExist();
    assertThat(work.resolve("outside.txt")).doesNotExist();
  }

  @Test
  @DisplayName("may be a link; a link to nowhere or to itself is left out with a line")
  void links() throws IOException {
    Path target = work.resolve("elsewhere.jar");
    Files.move(write(), target);
    Path link = Files.createSymbolicLink(folder.resolve("odd.jar"), target);
    works();
    for (Path bad : List.of(work.resolve("nowhere.jar"), link)) {
      Files.delete(link);
      Files.createSymbolicLink(link, bad);
      isLeftOut("odd.jar");
    }
  }

  @Test
  @DisplayName("of no bytes, or a folder that is called as a jar, is left out with a line")
  void noJar() throws IOException {
    Path jar = Files.write(folder.resolve("odd.jar"), new byte[0]);
    isLeftOut("odd.jar");
    Files.delete(jar);
    Files.createDirectories(jar);
    isLeftOut("odd.jar");
  }
}
