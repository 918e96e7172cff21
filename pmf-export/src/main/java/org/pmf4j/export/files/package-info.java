/**
 * The files of an export beside its graphs: weights, preprocessing, and what says how to run it.
 */
package org.pmf4j.export.files;
