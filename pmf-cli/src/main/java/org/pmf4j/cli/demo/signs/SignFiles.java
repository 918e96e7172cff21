package org.pmf4j.cli.demo.signs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.core.progress.Progress;

/**
 * The data set on the disk: pictures and questions, and tables whose paths are relative to
 * themselves. Immutable, so that any number of threads may share it.
 *
 * @param folder of all of them
 */
public record SignFiles(Path folder) {
  private static final String PICTURES = "pictures";

  /**
   * How many signs there are in each split; each gives three rows.
   *
   * @param train signs to train on
   * @param validation signs to choose the best epoch by
   * @param test signs to measure on
   * @param pixels width and height of a picture
   */
  public record Sizes(int train, int validation, int test, int pixels) {}

  /** Columns {@code image}, {@code text}, {@code label}: what is trained on. */
  public Path train() {
    return folder.resolve("train.csv");
  }

  /** As {@link #train()}: what chooses the best epoch. */
  public Path validation() {
    return folder.resolve("validation.csv");
  }

  /** As {@link #train()}: what is measured on. */
  public Path test() {
    return folder.resolve("test.csv");
  }

  /** Columns {@code image}, {@code label}: what the pictures show, for the image encoder. */
  public Path pictures() {
    return folder.resolve("pictures.csv");
  }

  /** As {@link #pictures()}, of the validation pictures. */
  public Path picturesValidation() {
    return folder.resolve("pictures-validation.csv");
  }

  /** Columns {@code text}, {@code label}: which part is asked about, for the text encoder. */
  public Path questions() {
    return folder.resolve("questions.csv");
  }

  /** As {@link #questions()}, of the validation questions. */
  public Path questionsValidation() {
    return folder.resolve("questions-validation.csv");
  }

  /** The first lines of the training table, to show what it looks like. */
  public List<String> head() {
    try (Stream<String> lines = Files.lines(train())) {
      return lines.limit(1 + Part.values().length).toList();
    } catch (IOException e) {
      throw FileErrors.cannotRead(train(), e);
    }
  }

  /**
   * Makes the data set. It takes its name when it is whole.
   *
   * @param seed the same seed and sizes give the same files
   * @return what one modality alone can tell of the test split
   * @throws PmfException if the folder exists or cannot be written
   */
  public Ceilings write(Sizes sizes, long seed, Progress progress) {
    Path making = folder.resolveSibling("." + folder.getFileName() + ".tmp");
    SignFiles files = new SignFiles(making);
    int total = sizes.train() + sizes.validation() + sizes.test();
    SplittableRandom random = new SplittableRandom(seed);
    Painter painter = new Painter(sizes.pixels());
    try (Progress.Bar bar = progress.begin("pictures", total, "pictures")) {
      Files.createDirectories(making.resolve(PICTURES));
      SignSplit train = SignSplit.make("train", sizes.train(), painter, random.split());
      SignSplit validation =
          SignSplit.make("validation", sizes.validation(), painter, random.split());
      SignSplit test = SignSplit.make("test", sizes.test(), painter, random.split());
      files.write(train, files.train(), bar);
      files.write(validation, files.validation(), bar);
      files.write(test, files.test(), bar);
      files.describe(train, files.pictures(), files.questions());
      files.describe(validation, files.picturesValidation(), files.questionsValidation());
      Files.move(making, folder, StandardCopyOption.ATOMIC_MOVE);
      return Ceilings.of(test);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(folder, e);
    }
  }

  private void write(SignSplit split, Path table, Progress.Bar bar) throws IOException {
    StringBuilder rows = new StringBuilder("image,text,label\n");
    for (SignSplit.Picture picture : split.pictures()) {
      String path = PICTURES + "/" + picture.file();
      Path file = folder.resolve(path);
      if (!ImageIO.write(picture.image(), "png", file.toFile())) {
        throw new IOException("this Java cannot write PNG files");
      }
      for (SignSplit.Question q : picture.questions()) {
        row(rows::append, path, q.text(), picture.sign().colour(q.part()).word());
      }
      bar.advance(1, "");
    }
    Files.writeString(table, rows);
  }

  private void describe(SignSplit split, Path pictures, Path questions) throws IOException {
    StringBuilder seen = new StringBuilder("image,label\n");
    StringBuilder asked = new StringBuilder("text,label\n");
    for (SignSplit.Picture picture : split.pictures()) {
      row(seen::append, PICTURES + "/" + picture.file(), picture.sign().description());
      for (SignSplit.Question q : picture.questions()) {
        row(asked::append, q.text(), q.part().word());
      }
    }
    Files.writeString(pictures, seen);
    Files.writeString(questions, asked);
  }

  private static void row(Consumer<String> out, String... cells) {
    for (int i = 0; i < cells.length; i++) {
      out.accept(i == 0 ? "" : ",");
      out.accept(cells[i].contains(",") ? '"' + cells[i] + '"' : cells[i]);
    }
    out.accept("\n");
  }
}
