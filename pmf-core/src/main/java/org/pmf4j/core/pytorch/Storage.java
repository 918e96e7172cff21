package org.pmf4j.core.pytorch;

/**
 * Memory that tensors are views of, as the pickle names it.
 *
 * @param key under which its bytes lie in the file
 * @param type of its elements
 * @param elements how many they are
 */
record Storage(String key, ElementType type, long elements) {
  long bytes() {
    return elements * type.bytes();
  }
}
