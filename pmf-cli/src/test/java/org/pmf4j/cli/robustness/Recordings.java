package org.pmf4j.cli.robustness;

import static org.pmf4j.cli.robustness.mutation.Mutation.pick;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.pmf4j.cli.robustness.mutation.Bytes;
import org.pmf4j.cli.robustness.mutation.Chunks;
import org.pmf4j.cli.robustness.mutation.Mutation;
import org.pmf4j.cli.robustness.mutation.Ogg;

/**
 * Sounds and videos, each with a way to damage a file of it, and a command that encodes it.
 *
 * @param formats all formats
 */
record Recordings(Formats formats) {
  List<String> sound(Path folder, Random random) throws IOException {
    Path healthyFile = pick(formats.healthy().sounds(), random);
    Path file = folder.resolve(healthyFile.getFileName());
    Mutation mutation =
        file.toString().endsWith(".ogg")
            ? Mutation.oneOf(new Ogg(), new Ogg(), new Bytes())
            : new Chunks();
    Files.write(file, mutation.apply(Files.readAllBytes(healthyFile), random));
    Path table = Files.writeString(folder.resolve("table.csv"), "audio\n" + file + "\n");
    return formats.encode(formats.healthy().root().resolve("sound"), "audio", table, folder);
  }

  List<String> video(Path folder, Random random) throws IOException {
    Path healthyFile = pick(formats.healthy().videos(), random);
    Path file = folder.resolve(healthyFile.getFileName());
    Files.write(file, new Chunks().apply(Files.readAllBytes(healthyFile), random));
    return encodedVideo(file, folder);
  }

  /** A folder of pictures, of which one is damaged. */
  List<String> frames(Path folder, Random random) throws IOException {
    Path frames = Files.createDirectory(folder.resolve("frames"));
    for (int i = 0; i < 5; i++) {
      Path healthyFile = pick(formats.healthy().pictures(), random);
      Files.copy(healthyFile, frames.resolve(i + " " + healthyFile.getFileName()));
    }
    Formats.damage(pick(Healthy.list(frames), random), new Chunks(), random);
    return encodedVideo(frames, folder);
  }

  private List<String> encodedVideo(Path video, Path folder) throws IOException {
    Path table = Files.writeString(folder.resolve("table.csv"), "video\n" + video + "\n");
    return formats.encode(formats.healthy().root().resolve("video"), "video", table, folder);
  }
}
