package org.pmf4j.core.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.PmfException;

@DisplayName("A file of torch.save that is broken")
class BrokenCheckpointTest {
  private static final int MUTATIONS = 600;

  @TempDir Path folder;

  private Path path;

  private Path write(byte[] content) throws IOException {
    path = folder.resolve("pytorch_model.bin");
    return Files.write(path, content);
  }

  private void refused(String told) {
    assertThatThrownBy(() -> PyTorchFile.open(path))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith(path + ": ")
        .hasMessageContaining(told)
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "''|broken PyTorch file: the file is empty",
        "hello|is no file of torch.save; is it the right file?",
        "<!DOCTYPE html><html>|this is a web page, not the file",
        "version https://git-lfs.github.com/spec/v1|this is a git-lfs pointer, not the file",
        "12345678{\"a\":|is a safetensors file under another name; call it model.safetensors",
        "PK\u0003\u0004 and no more|broken zip file: its directory is missing; is it truncated?"
      })
  @DisplayName("or another is told as that")
  void another(String content, String told) throws IOException {
    write(content.getBytes(StandardCharsets.ISO_8859_1));
    refused(told);
  }

  @Test
  @DisplayName("as a folder, a missing file or a tar of the first releases is told as that")
  void noFile() throws IOException {
    path = folder;
    refused("is a folder, not a PyTorch checkpoint");
    path = folder.resolve("none.bin");
    refused("missing");
    byte[] tar = new byte[1024];
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
    write(tar);
    refused("is a tar file, as PyTorch before 0.1.10 wrote them");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"zip-2.bin", "zip-5.bin", "legacy-2.bin", "legacy-5.bin"})
  @DisplayName("cut anywhere is refused")
  void cut(String name) throws IOException {
    byte[] whole = Files.readAllBytes(Resources.path(name));
    for (int length = 0; length < whole.length; length += 7) {
      write(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> PyTorchFile.open(path).close()).isInstanceOf(PmfException.class);
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"zip-2.bin", "zip-4.bin", "legacy-2.bin", "legacy-4.bin"})
  @DisplayName("at a random place is read or refused in one line, and never fails otherwise")
  void mutated(String name) throws IOException {
    long seed = new Random().nextLong();
    System.out.println(name + ": seed " + seed);
    Random random = new Random(seed);
    byte[] whole = Files.readAllBytes(Resources.path(name));
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] changed = mutation(whole, random);
      write(changed);
      try (PyTorchFile file = PyTorchFile.open(path)) {
        file.names().forEach(file::tensor);
      } catch (PmfException e) {
        assertThat(e).hasMessageStartingWith(path + ": ").hasMessageNotContaining("\n");
        refused++;
      } catch (RuntimeException | Error e) {
        Files.write(Path.of("target", "mutated-" + name), changed);
        fail("seed " + seed + ", mutation " + i + " kept in target", e);
      }
    }
    // Numbers and the names of tensors may be any
    assertThat(refused).as("seed %d", seed).isBetween(MUTATIONS / 10, MUTATIONS - 1);
  }

  private static byte[] mutation(byte[] whole, Random random) {
    byte[] changed = whole.clone();
    int at = random.nextInt(whole.length - 8);
    switch (random.nextInt(6)) {
      case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> changed[at] = (byte) random.nextInt();
      case 2 ->
          ByteBuffer.wrap(changed)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(at, new int[] {-1, Integer.MAX_VALUE, 0, 1 << 24}[random.nextInt(4)]);
      case 3 -> Arrays.fill(changed, at, Math.min(whole.length, at + random.nextInt(64)), (byte) 0);
      case 4 -> {
        int length = random.nextInt(whole.length - at);
        System.arraycopy(whole, at, changed, random.nextInt(whole.length - length), length);
      }
      default -> {
        // An instruction in the place of another
        String codes = "(.0125cRbQqrhj}]seut)NX\u0080\u0081\u0082\u0085\u0087\u008a\u0093\u0094io";
        changed[at] = (byte) codes.charAt(random.nextInt(codes.length()));
      }
    }
    return changed;
  }

  private static byte[] emptyDict() {
    return new PickleWriter().ops("}").end();
  }

  @Test
  @DisplayName("by compressed entries, which PyTorch never writes, is refused")
  void compressed() throws IOException {
    path = folder.resolve("pytorch_model.bin");
    TorchZip.write(path, Map.of("a/data.pkl", emptyDict()), ZipEntry.DEFLATED);
    refused("entry a/data.pkl is compressed or encrypted, which PyTorch's own are not; save it");
  }

  @Test
  @DisplayName("by having no pickle, or two, is refused")
  void pickles() throws IOException {
    path = folder.resolve("pytorch_model.bin");
    TorchZip.write(path, Map.of("a/readme", new byte[1]), ZipEntry.STORED);
    refused("is a zip file, but not one of torch.save: it has 0 entries data.pkl");
    TorchZip.write(
        path, Map.of("a/data.pkl", emptyDict(), "b/data.pkl", emptyDict()), ZipEntry.STORED);
    refused("is a zip file, but not one of torch.save: it has 2 entries data.pkl");
  }

  @Test
  @DisplayName("by its order of bytes is refused")
  void byteOrder() throws IOException {
    path = folder.resolve("pytorch_model.bin");
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", emptyDict());
    entries.put("a/byteorder", "middle".getBytes(StandardCharsets.US_ASCII));
    TorchZip.write(path, entries, ZipEntry.STORED);
    refused("broken PyTorch file: its byteorder is \"middle\", not little or big");
  }

  @Test
  @DisplayName("by two entries of one name, or by bytes before or after, is refused")
  void directory() throws IOException {
    path = folder.resolve("pytorch_model.bin");
    TorchZip.write(
        path, Map.of("a/data.pkl", emptyDict(), "a/data.pkm", emptyDict()), ZipEntry.STORED);
    byte[] zip = Files.readAllBytes(path);
    String text = new String(zip, StandardCharsets.ISO_8859_1).replace("data.pkm", "data.pkl");
    write(text.getBytes(StandardCharsets.ISO_8859_1));
    refused("broken zip file: it has two entries a/data.pkl");
    write(concat(zip, new byte[3]));
    refused("broken zip file: its directory is missing");
    write(concat("PK\3\4before".getBytes(StandardCharsets.US_ASCII), zip));
    refused("broken zip file: its directory is not where it should be");
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] legacy(byte[] saved, byte[] keys, byte[] data) {
    byte[] magic =
        new PickleWriter()
            .ops(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19)
            .end();
    byte[] version = new PickleWriter().number(1001).end();
    return concat(magic, version, emptyDict(), saved, keys, data);
  }

  private static byte[] keys(String... keys) {
    PickleWriter pickle = new PickleWriter().ops("](");
    for (String key : keys) {
      pickle.text(key);
    }
    return pickle.ops("e").end();
  }

  private static byte[] storage(long elements, int bytes) {
    return ByteBuffer.allocate(8 + bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(elements).array();
  }

  @Test
  @DisplayName("of the older format tells what does not fit")
  void legacy() throws IOException {
    byte[] one =
        new PickleWriter()
            .ops("}")
            .text("w")
            .tensor(2, 0, new long[] {2}, new long[] {1})
            .ops("s")
            .end();
    write(legacy(one, keys("0"), storage(2, 8)));
    try (PyTorchFile file = PyTorchFile.open(path)) {
      assertThat(file.tensor("w").floats()).containsExactly(0, 0);
    }
    write(legacy(one, keys("0"), storage(3, 8)));
    refused("storage 0 should have 2 elements, but has 3");
    write(legacy(one, keys("0"), storage(2, 7)));
    refused("storage 0 of 8 bytes ends after the file; is it truncated?");
    write(legacy(one, keys("0"), new byte[4]));
    refused("storage 0 of 8 bytes ends after the file; is it truncated?");
    write(legacy(one, keys(), new byte[0]));
    refused("some of its storages are not there");
    for (List<String> keys : List.of(List.of("1"), List.of("0", "0"))) {
      write(legacy(one, keys(keys.toArray(String[]::new)), storage(2, 99)));
      refused("it holds a storage that nothing asks for, or one twice");
    }
    write(legacy(one, emptyDict(), new byte[0]));
    refused("the keys of its storages are no list");
    write(concat(emptyDict(), emptyDict()));
    refused("is a pickle, but not one of torch.save; save");
    byte[] view =
        new PickleWriter()
            .ops("(")
            .text("storage")
            .global("torch", "FloatStorage")
            .text("0")
            .text("cpu")
            .number(2)
            .tuple(1, 2, 3)
            .ops("tQ")
            .end();
    write(legacy(view, keys("0"), storage(2, 8)));
    refused("has views of storages as PyTorch before 0.4 wrote them, which are not read");
  }
}
