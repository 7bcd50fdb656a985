"""Dumps as the tools write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.inputs.sql.conftest import Build

PG_DUMP = r"""--
-- PostgreSQL database dump
--

-- Dumped from database version 15.4

SET statement_timeout = 0;
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET default_tablespace = '';

CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA public;
COMMENT ON EXTENSION pgcrypto IS 'cryptographic functions; it''s';

CREATE TYPE public.brand AS ENUM (
    'visa',
    'mc'
);

CREATE FUNCTION public.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.at := now(); -- it's
    RETURN NEW;
END;
$$;

CREATE TABLE public.cards (
    id bigint NOT NULL,
    pan character varying(19) NOT NULL,
    brand public.brand DEFAULT 'visa'::public.brand,
    at timestamp without time zone DEFAULT now() NOT NULL,
    CONSTRAINT cards_pan_check CHECK ((length((pan)::text) > 11))
);

ALTER TABLE public.cards OWNER TO shop;
COMMENT ON COLUMN public.cards.pan IS 'in clear';

CREATE SEQUENCE public.cards_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE;
ALTER SEQUENCE public.cards_id_seq OWNED BY public.cards.id;
ALTER TABLE ONLY public.cards ALTER COLUMN id SET DEFAULT nextval('public.cards_id_seq'::regclass);

CREATE VIEW public.last4 AS
 SELECT cards.id,
    "right"((cards.pan)::text, 4) AS last4
   FROM public.cards;

COPY public.cards (id, pan, brand, at) FROM stdin;
1	x'); DROP TABLE public.cards;	\N	2024-01-01
2	\\.	visa	"
\.

SELECT pg_catalog.setval('public.cards_id_seq', 2, true);

ALTER TABLE ONLY public.cards
    ADD CONSTRAINT cards_pkey PRIMARY KEY (id);
CREATE INDEX cards_pan ON public.cards USING btree (pan);
CREATE TRIGGER touch BEFORE UPDATE ON public.cards FOR EACH ROW EXECUTE FUNCTION public.touch();
REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT SELECT ON TABLE public.cards TO reporting;

--
-- PostgreSQL database dump complete
--
"""

MYSQLDUMP = r"""-- MySQL dump 10.13  Distrib 8.0.34, for Linux (x86_64)
--
-- Host: localhost    Database: shop
-- ------------------------------------------------------
/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!50503 SET NAMES utf8mb4 */;

CREATE DATABASE /*!32312 IF NOT EXISTS*/ `shop` /*!40100 DEFAULT CHARACTER SET utf8mb4 */;
USE `shop`;

DROP TABLE IF EXISTS `cards`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
CREATE TABLE `cards` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `pan` varchar(19) COLLATE utf8mb4_bin NOT NULL COMMENT 'the card''s number; in clear',
  `cvv` char(4) CHARACTER SET ascii DEFAULT NULL,
  `meta` json DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `pan` (`pan`),
  KEY `brand` (`cvv`(2)),
  CONSTRAINT `fk` FOREIGN KEY (`id`) REFERENCES `users` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB AUTO_INCREMENT=3 DEFAULT CHARSET=utf8mb4 COMMENT='cards';

LOCK TABLES `cards` WRITE;
/*!40000 ALTER TABLE `cards` DISABLE KEYS */;
INSERT INTO `cards` VALUES (1,'it\'s; \\','x',NULL),(2,'); DROP TABLE `cards`; --','\"','{\"a\": 1}');
/*!40000 ALTER TABLE `cards` ENABLE KEYS */;
UNLOCK TABLES;
DELIMITER ;;
/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER `mask` BEFORE INSERT ON `cards` FOR EACH ROW
BEGIN
  SET NEW.cvv = NULL;
END */;;
DELIMITER ;

SET @saved_cs_client     = @@character_set_client;
/*!50001 CREATE VIEW `last4` AS SELECT
 1 AS `id`,
 1 AS `last4`*/;
DELIMITER ;;
CREATE DEFINER=`root`@`localhost` PROCEDURE `sweep`()
BEGIN
  DELETE FROM cards WHERE id IN (SELECT id FROM old);
  DROP TABLE cards;
END ;;
DELIMITER ;
/*!50001 DROP VIEW IF EXISTS `last4`*/;
/*!50001 CREATE ALGORITHM=UNDEFINED */
/*!50013 DEFINER=`root`@`localhost` SQL SECURITY DEFINER */
/*!50001 VIEW `last4` AS select `cards`.`id` AS `id`,right(`cards`.`pan`,4) AS `last4` from `cards` */;
/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
"""

SSMS = r"""USE [master]
GO
CREATE DATABASE [Shop] ON PRIMARY ( NAME = N'Shop', FILENAME = N'C:\data\Shop.mdf' )
GO
ALTER DATABASE [Shop] SET TRUSTWORTHY OFF
GO
USE [Shop]
GO
/****** Object:  Table [dbo].[Cards]    Script Date: 1/1/2024 ******/
SET ANSI_NULLS ON
GO
SET QUOTED_IDENTIFIER ON
GO
CREATE TABLE [dbo].[Cards](
	[Id] [int] IDENTITY(1,1) NOT NULL,
	[CardNumber] [nvarchar](19) NOT NULL,
	[Amount] [decimal](18, 2) NULL,
	[Created] [datetime2](7) NOT NULL,
 CONSTRAINT [PK_Cards] PRIMARY KEY CLUSTERED
(
	[Id] ASC
)WITH (PAD_INDEX = OFF, STATISTICS_NORECOMPUTE = OFF) ON [PRIMARY]
) ON [PRIMARY] TEXTIMAGE_ON [PRIMARY]
GO
SET IDENTITY_INSERT [dbo].[Cards] ON
INSERT [dbo].[Cards] ([Id], [CardNumber]) VALUES (1, N'it''s
GO
')
GO
ALTER TABLE [dbo].[Cards] ADD  CONSTRAINT [DF_Created]  DEFAULT (getutcdate()) FOR [Created]
GO
ALTER TABLE [dbo].[Cards]  WITH NOCHECK ADD  CONSTRAINT [FK] FOREIGN KEY([Id])
REFERENCES [dbo].[Users] ([Id])
GO
ALTER TABLE [dbo].[Cards] CHECK CONSTRAINT [FK]
GO
CREATE PROCEDURE [dbo].[GetCard] @Id int AS
BEGIN
	SET NOCOUNT ON;
	SELECT * INTO #t FROM [dbo].[Cards] WHERE Id = @Id;
	DROP TABLE [dbo].[Cards];
END
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'x'
GO
"""


def test_pg_dump(sql: Build) -> None:
    built = sql(PG_DUMP)
    assert built.problems == []
    assert [subject.address for subject in built.unit.subjects] == [
        "public.cards",
        "public.last4",
        "grant:select on public.cards to reporting",
        "extension:pgcrypto",
        "function:public.touch",
        "trigger:public.cards.touch",
    ]
    assert built.names("public.cards") == ["id", "pan", "brand", "at"]
    pan = built.column("public.cards", "pan")
    assert (pan["type"], pan["length"], pan["nullable"], pan["comment"]) == (
        "character varying(19)",
        19,
        False,
        "in clear",
    )
    assert built.column("public.cards", "id")["default"] == "nextval('public.cards_id_seq'::regclass)"
    assert built.config("public.last4")["columns"][1]["expression"] == '"right"((cards.pan)::text, 4)'


def test_mysqldump(sql: Build) -> None:
    built = sql(MYSQLDUMP)
    assert built.problems == []
    assert [subject.address for subject in built.unit.subjects] == [
        "shop.cards",
        "shop.last4",
        "trigger:cards.mask",
        "function:sweep",
    ]
    assert built.names("shop.cards") == ["id", "pan", "cvv", "meta"]
    assert built.column("shop.cards", "pan")["comment"] == "the card's number; in clear"
    assert built.config("shop.cards")["comment"] == "cards"
    assert built.config("shop.last4")["columns"][1] == {"name": "last4", "expression": "right(`cards`.`pan`,4)"}


def test_ssms_script(sql: Build) -> None:
    built = sql(SSMS.replace("\n", "\r\n").encode("utf-16"))
    assert built.problems == []
    assert [subject.address for subject in built.unit.subjects] == [
        "dbo.Cards",
        "setting:database:Shop:trustworthy",
        "function:dbo.GetCard",
    ]
    columns = built.config("dbo.Cards")["columns"]
    assert [column["name"] for column in columns] == ["Id", "CardNumber", "Amount", "Created"]
    assert [column["base_type"] for column in columns] == ["int", "nvarchar", "decimal", "datetime2"]
    assert columns[3]["default"] == "(getutcdate())"


def test_much_data_before_the_last_table(sql: Build) -> None:
    rows = ",\n".join(f"({number},'it''s; {number}',{-number}.5,NULL)" for number in range(3000))
    inserts = "INSERT INTO t (a, b) VALUES (1, 'x;');\n" * 3000
    built = sql(
        "".join(["CREATE TABLE t (a int);\nINSERT INTO t VALUES ", rows, ";\n", inserts, "CREATE TABLE z (cvv int);"])
    )
    assert built.names("z") == ["cvv"]
    assert built.subject("z").header.span.line == 6002
