package org.pmf4j.core.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.file.FolderRemoval;

/**
 * The encoders that training makes and keeps in the model's folder, as {@code encoders/NAME} or
 * {@code encoders/NAME-2}: a run that starts anew leaves the encoder of the model that is there
 * alone, so that this can be used until another takes its place. Immutable itself; its folders may
 * be written by one thread and process at a time.
 *
 * @param model the folder
 */
public record OwnEncoders(ModelDirectory model) {
  private static final String SECOND = "-2";

  /**
   * Where the encoder of a run that begins goes.
   *
   * @throws PmfException if one is there that was begun by another run
   */
  public Path fresh(String name) {
    Path place = free(name);
    if (Files.exists(place)) {
      throw PmfException.usage(
          place
              + ": an encoder that an unfinished run has begun; go on with --resume, start anew"
              + " with --overwrite, or choose another --out");
    }
    return place;
  }

  /**
   * Where the encoder of a run that starts anew goes; what an unfinished run has left there is
   * removed.
   *
   * @throws PmfException if it cannot be removed
   */
  public Path replacing(String name) {
    Path place = free(name);
    FolderRemoval.remove(place);
    return place;
  }

  /** Where the encoder of a run that is gone on with is, or is to be. */
  public Path resumed(String name) {
    Path place = free(name);
    return Files.exists(place) ? place : used(name).orElse(place);
  }

  /**
   * Removes encoders that a model before this one has used.
   *
   * @param names of encoders that training has made
   * @throws PmfException if one cannot be removed
   */
  public void forgetUnused(Collection<String> names) {
    names.forEach(name -> FolderRemoval.remove(free(name)));
  }

  /** The first place that the saved model does not use. */
  private Path free(String name) {
    Optional<Path> used = used(name);
    return places(name).stream()
        .filter(p -> !Optional.of(p).equals(used))
        .findFirst()
        .orElseThrow();
  }

  /** The place that the saved model uses. */
  private Optional<Path> used(String name) {
    if (!model.isComplete()) {
      return Optional.empty();
    }
    return model.readConfig().encoders().stream()
        .filter(base -> base.name().equals(name))
        .flatMap(base -> places(name).stream().filter(p -> base.source().equals(source(p))))
        .findFirst();
  }

  private String source(Path place) {
    return EncoderSource.of(place, model.path());
  }

  private List<Path> places(String name) {
    return List.of(model.encoders().resolve(name), model.encoders().resolve(name + SECOND));
  }
}
