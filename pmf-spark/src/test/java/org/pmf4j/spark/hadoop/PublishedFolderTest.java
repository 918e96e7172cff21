package org.pmf4j.spark.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;

@DisplayName("A published folder")
class PublishedFolderTest {
  /** More changes than a publication needs, and than are tried before one goes through. */
  private static final int ENOUGH = 100;

  private static final String CONFIG = "adapter_config.json";
  private static final String ADAPTER = "adapter_model.safetensors";

  private static final Map<String, String> OLD =
      Map.of(
          CONFIG,
          "model 1",
          ADAPTER,
          "model 1",
          "probes.json",
          "of model 1",
          "train_log.jsonl",
          "1\n",
          "checkpoints/last.safetensors",
          "step 1");

  private static final Map<String, String> NEW =
      Map.of(
          CONFIG,
          "model 2",
          ADAPTER,
          "model 2",
          "train_log.jsonl",
          "1\n2\n",
          "checkpoints/last.safetensors",
          "step 2",
          "checkpoints/best.safetensors",
          "step 2");

  @TempDir private Path folder;

  @AfterEach
  void live() {
    Mortal.live(Integer.MAX_VALUE);
  }

  @Test
  @DisplayName("has all of a change or nothing of it, whenever its writers are killed")
  void wholeOrNot() throws IOException {
    int cuts = 0;
    for (boolean done = false; !done && cuts < ENOUGH; ) {
      begin();
      cuts++;
      done = endsWithin(cuts, () -> publish(NEW));
      assertThat(model()).as("a model's reader, after %d changes", cuts).isIn("model 1", "model 2");
      for (int again = 1; !endsWithin(again, () -> published().fetch(empty("unused"))); again++) {
        assertThat(model()).isIn("model 1", "model 2");
        assertThat(again).isLessThan(ENOUGH);
      }
      Map<String, String> found = fetched();
      assertThat(found).as("after %d changes", cuts).isIn(OLD, NEW);
      assertThat(read(folder.resolve("far"))).isEqualTo(found);
    }
    assertThat(cuts).isGreaterThan(10).isLessThan(ENOUGH);
  }

  private boolean endsWithin(int changes, Work work) throws IOException {
    Mortal.live(changes);
    try {
      work.run();
      return true;
    } catch (PmfException e) {
      return false;
    } finally {
      Mortal.live(Integer.MAX_VALUE);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private void begin() throws IOException {
    FileUtil.fullyDelete(folder.resolve("far").toFile());
    write(OLD, Files.createDirectories(folder.resolve("far")));
  }

  private void publish(Map<String, String> files) throws IOException {
    PublishedFolder published = published();
    Path near = empty("near");
    published.fetch(near);
    FileUtil.fullyDelete(near.toFile());
    write(files, near);
    published.publish(near);
  }

  private PublishedFolder published() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs." + Mortal.SCHEME + ".impl", Mortal.class.getName());
    return new PublishedFolder(
        new org.apache.hadoop.fs.Path(Mortal.SCHEME + "://" + folder.resolve("far")), hadoop);
  }

  private Map<String, String> fetched() throws IOException {
    Path near = empty("fetched");
    published().fetch(near);
    return read(near);
  }

  /**
   * Which model is found, as {@code ModelDirectory} finds it; "some of both" where it is broken.
   */
  private String model() throws IOException {
    Path far = folder.resolve("far");
    String config = Files.readString(current(far, CONFIG));
    String adapter = Files.readString(current(far, ADAPTER));
    return config.equals(adapter) ? config : "some of both";
  }

  private static Path current(Path far, String name) {
    Path staged = far.resolve(".staged");
    boolean counts = Files.exists(staged.resolve(CONFIG)) && Files.exists(staged.resolve(name));
    return (counts ? staged : far).resolve(name);
  }

  @Test
  @DisplayName("takes over what has changed, and nothing else")
  void changesAlone() throws IOException {
    PublishedFolder published = published();
    Path near = empty("near");
    published.fetch(near);
    write(OLD, near);
    published.publish(near);
    Path far = folder.resolve("far");
    assertThat(read(far)).isEqualTo(OLD);
    Files.writeString(far.resolve("train_log.jsonl"), "changed there, and not here");
    Files.writeString(near.resolve("checkpoints/last.safetensors"), "step 2");
    published.publish(near);
    assertThat(read(far))
        .containsEntry("train_log.jsonl", "changed there, and not here")
        .containsEntry("checkpoints/last.safetensors", "step 2");
  }

  @Test
  @DisplayName("refuses to go on where what a killed writer has left was changed by others")
  void changedByOthers() throws IOException {
    begin();
    for (int changes = 1; !Files.exists(folder.resolve("far/.staged/change")); changes++) {
      endsWithin(changes, () -> publish(NEW));
    }
    Path target = folder.resolve("far/.staged/train_log.jsonl");
    Files.writeString(target, "something else");
    Files.writeString(folder.resolve("far/.staged/change"), "4 train_log.jsonl\nend\n");
    assertThatThrownBy(() -> published().fetch(empty("near")))
        .isInstanceOf(PmfException.class)
        .hasMessageEndingWith("is not what a run has written there; it was changed");
  }

  private Path empty(String name) throws IOException {
    FileUtil.fullyDelete(folder.resolve(name).toFile());
    return folder.resolve(name);
  }

  private static void write(Map<String, String> files, Path to) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path target = to.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
    }
  }

  private static Map<String, String> read(Path from) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> inside = Files.walk(from)) {
      for (Path file : inside.filter(Files::isRegularFile).toList()) {
        all.put(from.relativize(file).toString(), Files.readString(file));
      }
    }
    return all;
  }
}
