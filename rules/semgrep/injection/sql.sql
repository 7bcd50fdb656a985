CREATE PROCEDURE find_card @holder nvarchar(50) AS
  -- ruleid: injection.sql.dynamic
  EXEC('SELECT * FROM cards WHERE holder = ''' + @holder + '''');
  -- ruleid: injection.sql.dynamic
  SET @sql = 'SELECT * FROM cards WHERE holder = ''' + @holder + '''';
  EXEC(@sql);
  -- ok: injection.sql.dynamic
  SET @sql = 'SELECT * FROM ' + QUOTENAME(@table);
  -- ok: injection.sql.dynamic
  EXEC sp_executesql N'SELECT * FROM cards WHERE holder = @h', N'@h nvarchar(50)', @h = @holder;
-- ruleid: injection.sql.dynamic
EXECUTE 'SELECT * FROM cards WHERE holder = ''' || p_holder || '''';
-- ruleid: injection.sql.dynamic
EXECUTE IMMEDIATE 'DELETE FROM cards WHERE id = ' || p_id;
-- ok: injection.sql.dynamic
EXECUTE 'SELECT * FROM ' || quote_ident(p_table);
-- ok: injection.sql.dynamic
EXECUTE format('SELECT * FROM %I WHERE id = $1', p_table) USING p_id;
-- ok: injection.sql.dynamic
EXECUTE IMMEDIATE 'DELETE FROM cards WHERE id = :1' USING p_id;
-- ruleid: injection.sql.dynamic
DECLARE @text nvarchar(max) = N'SELECT * FROM cards WHERE holder = ''' + @holder + '''';
EXEC sp_executesql @text;
