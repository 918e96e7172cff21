package org.pmf4j.core.pickle;

import java.util.List;

/**
 * What the names in a pickle stand for. Values of its own making go through the {@link Unpickler}
 * unseen and come back as arguments; the others are String, Long, {@link java.math.BigInteger},
 * Double, Boolean, {@link PickleNone}, {@link PickleBytes}, {@link PickleList}, {@link PickleTuple}
 * and {@link PickleDict}. For one thread at a time.
 */
public interface Meaning {
  /**
   * What a global name stands for.
   *
   * @param module such as {@code collections}
   * @param name such as {@code OrderedDict}
   * @throws org.pmf4j.api.error.PmfException for every name that is not known
   */
  Object global(String module, String name);

  /**
   * What a call gives.
   *
   * @param function a value of any kind
   * @throws org.pmf4j.api.error.PmfException if that is no function, or not for these arguments
   */
  Object call(Object function, List<Object> arguments);

  /**
   * What lies outside of the pickle under an id.
   *
   * @throws org.pmf4j.api.error.PmfException if there is nothing
   */
  Object persistent(Object id);

  /**
   * A value after its attributes were set.
   *
   * @throws org.pmf4j.api.error.PmfException if it has none
   */
  Object withState(Object value, Object state);
}
