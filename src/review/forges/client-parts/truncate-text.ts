/** The first so many characters of a text (code points, so none is cut in two), as forges bound what they take. */
export const truncateText = (text: string, most: number): string => [...text].slice(0, most).join('');
