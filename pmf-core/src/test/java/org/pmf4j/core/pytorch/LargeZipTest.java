package org.pmf4j.core.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;

@DisplayName("A zip file with the sizes and places of zip64, as above 4 GB")
class LargeZipTest {
  private static final int IN_EXTRA = -1;

  @TempDir Path folder;

  private static ByteBuffer zip64(long wrong) {
    byte[] pickle =
        new PickleWriter()
            .ops("}")
            .text("w")
            .tensor(2, 0, new long[] {2}, new long[] {1})
            .ops("s")
            .end();
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", pickle);
    entries.put("a/data/0", new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40});
    ByteBuffer zip = ByteBuffer.allocate(2_000).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer central = ByteBuffer.allocate(1_000).order(ByteOrder.LITTLE_ENDIAN);
    entries.forEach(
        (name, data) -> {
          byte[] text = name.getBytes(StandardCharsets.UTF_8);
          central.putInt(0x02014b50).putInt(0).putLong(0).putInt(0);
          central.putInt(IN_EXTRA).putInt(IN_EXTRA);
          central.putShort((short) text.length).putShort((short) (5 + 28)).putShort((short) 0);
          central.putLong(0).putInt(IN_EXTRA).put(text);
          // Another extra field before the one that counts
          central.putShort((short) 0x4246).putShort((short) 1).put((byte) 0);
          central.putShort((short) 1).putShort((short) 24);
          central.putLong(data.length).putLong(data.length).putLong(zip.position() + wrong);
          zip.putInt(0x04034b50).putLong(0).putInt(0).putShort((short) 0).putLong(0);
          zip.putShort((short) text.length).putShort((short) 0).put(text).put(data);
        });
    long directory = zip.position();
    zip.put(central.flip());
    long end = zip.position();
    zip.putInt(0x06064b50).putLong(44).putLong(0).putInt(0).putLong(2).putLong(2);
    zip.putLong(end - directory).putLong(directory);
    zip.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
    zip.putInt(0x06054b50).putInt(0).putInt(IN_EXTRA).putInt(IN_EXTRA).putInt(IN_EXTRA);
    return zip.putShort((short) 0).flip();
  }

  private Path write(ByteBuffer zip) throws IOException {
    byte[] bytes = new byte[zip.remaining()];
    zip.get(bytes);
    return Files.write(folder.resolve("large.bin"), bytes);
  }

  @Test
  @DisplayName("is read")
  void reads() throws IOException {
    try (PyTorchFile file = PyTorchFile.open(write(zip64(0)))) {
      assertThat(file.tensor("w").floats()).containsExactly(1, 2);
    }
  }

  @Test
  @DisplayName("is refused where they lead elsewhere")
  void elsewhere() throws IOException {
    for (long wrong : new long[] {1, 1L << 40, Long.MIN_VALUE}) {
      Path path = write(zip64(wrong));
      assertThatThrownBy(() -> PyTorchFile.open(path))
          .isInstanceOf(PmfException.class)
          .hasMessage(path + ": broken zip file: entry a/data.pkl is not where it should be");
    }
  }
}
