package org.pmf4j.modalities.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;

/** In processes of their own, whose class paths lack the jars of the codecs. */
@DisplayName("Where the codecs under the LGPL are left out")
class LeftOutCodecTest {
  private static final String CODECS = "(jflac-codec|jlayer|jorbis)-.*\\.jar";

  @ParameterizedTest(name = "{0} is refused, and {1} named")
  @CsvSource({
    "pcm_s8.flac, FLAC, org.jflac:jflac-codec",
    "mpeg1.mp3, MP3, com.badlogicgames.jlayer:jlayer",
    "stereo.ogg, Ogg Vorbis, org.jcraft:jorbis"
  })
  void refused(String clip, String format, String artifact) throws Exception {
    Path file = clip(clip);
    assertThat(open(file))
        .containsExactly(
            "ENVIRONMENT: "
                + file
                + ": "
                + format
                + " is not read here: "
                + artifact
                + ", which decodes it, is not on the class path; add it, or convert the sound to"
                + " WAV");
  }

  @Test
  @DisplayName("WAV is read as ever")
  void wav() throws Exception {
    assertThat(open(clip("pcm_u8.wav")))
        .containsExactly("read 1 channels by WAV 2, FLAC , MP3 frames 2, , Vorbis ");
  }

  private static Path clip(String name) throws URISyntaxException {
    return Path.of(
        LeftOutCodecTest.class.getResource("/preprocessing/audio/clips/" + name).toURI());
  }

  private static List<String> open(Path clip) throws IOException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).getFileName().toString().matches(CODECS))
            .collect(Collectors.joining(File.pathSeparator));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java, "-Xmx128m", "-cp", classPath, Opener.class.getName(), clip.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return printed.lines().toList();
  }

  /** The process's main class. */
  static final class Opener {
    private Opener() {}

    /** Opens a clip and prints how that ends. */
    public static void main(String[] args) throws IOException {
      try (Sound sound = AudioDecoder.open(new Source.File(Path.of(args[0])))) {
        System.out.println("read " + sound.channels() + " channels by " + AudioDecoder.versions());
      } catch (PmfException e) {
        System.out.println(e.kind() + ": " + e.getMessage());
      }
    }
  }
}
