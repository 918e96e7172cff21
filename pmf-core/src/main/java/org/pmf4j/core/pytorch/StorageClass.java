package org.pmf4j.core.pytorch;

/**
 * A class of storages, as a checkpoint names it.
 *
 * @param type of the elements; bytes for storages that have none
 */
record StorageClass(ElementType type) {}
