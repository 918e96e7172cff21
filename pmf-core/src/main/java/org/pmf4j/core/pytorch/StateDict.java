package org.pmf4j.core.pytorch;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.file.Shown;
import org.pmf4j.core.pickle.PickleDict;

/**
 * Finds the tensors in what was saved: a dict of tensors by name, or a training's dict in which
 * that dict stands under one of the usual keys. What stands beside the tensors is passed over.
 */
final class StateDict {
  private static final List<String> WRAPPERS = List.of("state_dict", "model_state_dict", "model");
  private static final int SHOWN_KEYS = 10;

  private StateDict() {}

  /**
   * The tensors, in the order in which they were saved.
   *
   * @param root what was saved
   * @throws PmfException if there are none, naming the keys that are there
   */
  static Map<String, SavedTensor> tensors(Path file, Object root) {
    if (!(root instanceof PickleDict dict)) {
      throw PmfException.input(
          file
              + ": holds no dict of tensors; save them in Python with"
              + " torch.save(model.state_dict(), file)");
    }
    List<String> wrappers = WRAPPERS.stream().filter(w -> !under(dict, w).isEmpty()).toList();
    if (wrappers.size() > 1) {
      throw noStateDict(file, dict, "holds several models");
    }
    Map<String, SavedTensor> tensors =
        wrappers.isEmpty() ? tensors(dict) : under(dict, wrappers.get(0));
    if (tensors.isEmpty() && !dict.entries().isEmpty()) {
      throw noStateDict(file, dict, "holds no tensors");
    }
    return tensors;
  }

  private static Map<String, SavedTensor> under(PickleDict dict, String wrapper) {
    return dict.entries().get(wrapper) instanceof PickleDict inner ? tensors(inner) : Map.of();
  }

  private static Map<String, SavedTensor> tensors(PickleDict dict) {
    Map<String, SavedTensor> tensors = new LinkedHashMap<>();
    dict.entries()
        .forEach(
            (key, value) -> {
              if (key instanceof String name && value instanceof SavedTensor tensor) {
                tensors.put(name, tensor);
              }
            });
    return tensors;
  }

  private static PmfException noStateDict(Path file, PickleDict dict, String what) {
    List<String> keys =
        dict.entries().keySet().stream()
            .limit(SHOWN_KEYS)
            .map(k -> Shown.plain(k instanceof String text ? text : k.toString()))
            .toList();
    return PmfException.input(
        String.format(
            Locale.ROOT,
            "%s: %s, but the keys %s%s; save the model's tensors alone in Python with"
                + " torch.save(model.state_dict(), file)",
            file,
            what,
            String.join(", ", keys),
            dict.entries().size() > SHOWN_KEYS ? ", …" : ""));
  }
}
